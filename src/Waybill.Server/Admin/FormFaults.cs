using Waybill.Books.Reading;
using Waybill.Screens.Framing;
using Waybill.Server.Api;

namespace Waybill.Server.Admin;

/// <summary>What the readers refuse, beside the fields of a form.</summary>
internal static class FormFaults
{
    /// <summary>The faults, the first of each field. A field that the form does not have is one of the form as a whole.</summary>
    /// <param name="context">Whose language it is said in.</param>
    /// <param name="faults">What is wrong.</param>
    /// <param name="label">What people call a field; null: the form has none of that name.</param>
    public static IReadOnlyList<Fault> Of(HttpContext context, IEnumerable<FieldFault> faults, Func<string, string?> label) =>
        [.. faults.Select(fault => Of(context, fault, label)).DistinctBy(fault => fault.Field.Length > 0 ? fault.Field : fault.Text)];

    /// <summary>One of them.</summary>
    public static Fault Of(HttpContext context, FieldFault fault, Func<string, string?> label) => new(
        label(fault.Field) is null ? "" : fault.Field,
        fault.Code == "missing" && label(fault.Field) is { } words
            ? context.Say("form.missing", words)
            : fault.Say(Appearance.Of(context).Locale, label));
}
