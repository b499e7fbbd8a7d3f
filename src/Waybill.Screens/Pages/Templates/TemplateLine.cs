using Waybill.Engine.Catalogue;

namespace Waybill.Screens.Pages.Templates;

/// <summary>A template in the list, with where it is used.</summary>
/// <param name="Row">The template.</param>
/// <param name="Events">The types of the events whose routes make a mail of it.</param>
/// <param name="Users">The templates that put it in, if it is a partial.</param>
public sealed record TemplateLine(TemplateRow Row, IReadOnlyList<string> Events, IReadOnlyList<PartialUser> Users);
