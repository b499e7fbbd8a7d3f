using System.Text.Json;
using Waybill.Engine.Events;

namespace Waybill.Server.Api.Events;

/// <summary>An event in structured mode: one JSON object with attributes and data side by side (CloudEvents JSON format §3).</summary>
internal static class CloudEventJson
{
    public static (NewEvent? Event, Problem? Problem) Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return (null, Problem.Invalid("An event must be a JSON object."));
        var attributes = new CloudEventAttributes();
        JsonElement? data = null;
        foreach (var field in json.EnumerateObject())
        {
            if (field.Name == "data") data = field.Value;
            else if (field.Name == "data_base64") attributes.Refuse("The data_base64 member holds octets; Waybill reads JSON: send data.");
            else if (field.Value.ValueKind != JsonValueKind.Null) attributes.Add(field.Name, field.Value);
        }

        return attributes.ToEvent(data);
    }
}
