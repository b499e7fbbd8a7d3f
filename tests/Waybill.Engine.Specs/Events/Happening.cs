using System.Text.Json;
using Waybill.Engine.Bus;
using Waybill.Engine.Events;

namespace Waybill.Engine.Specs.Events;

/// <summary>Small events.</summary>
internal static class Happening
{
    public static NewEvent Of(string id, string type = "order.strung", string? subject = null, object? data = null) => new()
    {
        Source = "/shop",
        Id = id,
        Type = type,
        Subject = subject,
        Data = Json(data ?? new { order = id, buyer_email = "ada@example.org" }),
    };

    public static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value);
}

/// <summary>A typed event.</summary>
[EventName("order.strung")]
internal sealed record OrderStrung(string Order, int Tension = 24);
