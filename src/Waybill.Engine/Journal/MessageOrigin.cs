using System.Text.Json;

namespace Waybill.Engine.Journal;

/// <summary>What a templated message was written from; with it the message can be composed anew and compared.</summary>
/// <param name="Template">The template's alias or name, for people.</param>
/// <param name="TemplateVersion">The version's own id.</param>
/// <param name="Number">Its number, for people.</param>
/// <param name="Brand">The brand's id.</param>
/// <param name="BrandVersion">The brand's version.</param>
/// <param name="Locale">The locale that was chosen.</param>
/// <param name="Data">What it was filled with, secret values masked.</param>
public sealed record MessageOrigin(
    string Template, Guid TemplateVersion, int Number, Guid Brand, int BrandVersion, string Locale, JsonElement Data)
{
    /// <summary>A subject that was asked for in place of the template's.</summary>
    public string? Subject { get; init; }

    /// <summary>Whether secret values went into the message, so that what is kept in the clear has them masked.</summary>
    public bool HasSecrets { get; init; }
}

/// <summary>What a message says: the parts that a template writes.</summary>
public sealed record MessageParts(string Subject, string? Text, string? Html);
