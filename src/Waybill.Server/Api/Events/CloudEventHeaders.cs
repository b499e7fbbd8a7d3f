using System.Text.Json;
using Waybill.Engine.Events;

namespace Waybill.Server.Api.Events;

/// <summary>An event in binary mode: attributes in headers, the body is its data (CloudEvents HTTP binding §3.1).</summary>
internal static class CloudEventHeaders
{
    public const string Prefix = "ce-";

    /// <summary>Said before the body is read: octets that are no JSON are not read as such.</summary>
    public static Problem? Objection(HttpRequest request) => request.ContentType is { } type && !IsJson(type)
        ? new Problem(415, "data_not_json", "The body of an event in binary mode is its data, and Waybill reads JSON; see Content-Type.")
        : null;

    public static (NewEvent? Event, Problem? Problem) Read(HttpRequest request, JsonElement? data)
    {
        var attributes = new CloudEventAttributes();
        foreach (var (name, value) in request.Headers)
        {
            // Values are percent-encoded (§3.1.3.2), for a header carries ASCII only.
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                attributes.Add(name[Prefix.Length..].ToLowerInvariant(), Uri.UnescapeDataString(value.ToString()));
        }

        if (request.ContentType is { } type) attributes.Add("datacontenttype", type);
        return attributes.ToEvent(data);
    }

    static bool IsJson(string contentType)
    {
        var type = contentType.Split(';')[0].Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }
}
