using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waybill.Server.Specs.BadInput;

/// <summary>A good email as JSON, to be spoiled in one place.</summary>
internal static class Post
{
    /// <summary>Good as it stands.</summary>
    public static JsonObject Good() => new()
    {
        ["from"] = "shop@example.com",
        ["to"] = "ada@example.org",
        ["subject"] = "Your order",
        ["html"] = "<p>Thank you.</p>",
    };

    /// <summary>With one field set, or set anew; the value is raw JSON, which need not be Unicode.</summary>
    public static string With(string field, string json)
    {
        var good = Good();
        good.Remove(field);
        return $"{good.ToJsonString()[..^1]},\"{field}\":{json}}}";
    }

    /// <summary>A text as JSON.</summary>
    public static string Text(string text) => JsonSerializer.Serialize(text);

    /// <summary>With one attachment, given as raw JSON.</summary>
    public static string WithAttachment(string json) => With("attachments", $"[{json}]");
}
