namespace Waybill.Templates.Language;

/// <summary>The partials that come with Waybill. A partial of the same name does not replace them.</summary>
internal static class Parts
{
    /// <summary>{{&gt; name}}</summary>
    public static readonly HashSet<string> StandAlone = ["heading", "text", "button", "facts", "rows", "notice", "code", "signature"];

    /// <summary>{{#&gt; name}} … {{/name}}</summary>
    public static readonly HashSet<string> HoldText = ["facts", "notice", "signature"];

    /// <summary>What each takes as parameters.</summary>
    public static readonly Dictionary<string, string[]> Parameters = new(StringComparer.Ordinal)
    {
        ["heading"] = ["text", "level"],
        ["text"] = ["value"],
        ["button"] = ["label", "url"],
        ["facts"] = ["of", "label", "value"],
        ["rows"] = ["of", "cells"],
        ["notice"] = ["text"],
        ["code"] = ["value"],
        ["signature"] = ["name"],
    };
}
