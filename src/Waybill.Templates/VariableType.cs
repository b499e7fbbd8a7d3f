using System.Diagnostics.CodeAnalysis;

namespace Waybill.Templates;

/// <summary>What a variable holds.</summary>
public enum VariableType
{
    /// <summary>A string; numbers will do.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A day (2026-11-22) or an instant (2026-11-22T14:05:00Z), as a string.</summary>
    Date,

    /// <summary>An object of minor, a whole number of the currency's smallest unit, and currency, its ISO 4217 code.</summary>
    Money,

    /// <summary>A string that is a link: http, https, mailto or tel.</summary>
    Url,

    /// <summary>An array.</summary>
    List,

    /// <summary>An object.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "JSON calls it so.")]
    Object,
}
