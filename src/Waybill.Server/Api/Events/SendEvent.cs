using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Books.Reading;
using Waybill.Engine.Events;
using Waybill.Mime.Addresses;
using Waybill.Server.Api.Emails;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Events;

/// <summary>
/// Resend's <c>POST /events/send</c>: something happened to somebody. It becomes an event whose subject is the address, and whose data is
/// the payload with <c>email</c> in it. With an <c>Idempotency-Key</c> it is taken in once.
/// </summary>
internal static class SendEvent
{
    const int LongestName = 255;
    const int LongestEmail = 320;

    public static async Task<IResult> HandleAsync(HttpContext context, Caller caller, EventAcceptor acceptor, EventDefinitions definitions)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        var (key, badKey) = Idempotency.Read(context.Request, body);
        if (badKey is not null) return badKey;
        if (body.Root.ValueKind != JsonValueKind.Object) return ApiError.Invalid("The body must be a JSON object.");
        var fields = Fields.Exact(body.Root);
        var (name, email, payload) = Read(fields);
        if (fields.Error() is { } wrong) return wrong;
        if (await definitions.FindAsync(caller.Tenant, name!, context.RequestAborted) is { Fields: { } schema }
            && Objection(payload, schema) is { } objection) return objection;

        var acceptance =
            await acceptor.AcceptAsync(caller.Tenant, [ToEvent(caller, key?.Key, name!, email!, payload)], context.RequestAborted);
        return acceptance is EventAcceptance.Accepted
            ? Results.Json(new SentEventAnswer(name!), ApiJson.Default.SentEventAnswer, statusCode: 202)
            : Idempotency.Reused;
    }

    static (string? Name, string? Email, JsonElement? Payload) Read(Fields fields)
    {
        if (!fields.HasValue("event")) fields.Wrong("event", "missing");
        if (fields.HasValue("contact_id")) fields.Wrong("contact_id", "event.contact");
        if (!fields.HasValue("email")) fields.Wrong("email", "missing");
        var (name, email, payload) = (fields.Name("event", LongestName), fields.Text("email", LongestEmail), fields.Find("payload"));
        if (email is not null && !Mailbox.TryParse(email, out _, out var problem)) fields.Wrong("email", "field.odd", problem);
        if (payload is { ValueKind: not JsonValueKind.Object }) fields.Wrong("payload", "object.type");
        if (payload is { } json && json.RawLength() > NewEvent.LargestData) fields.Wrong("payload", "event.large");
        return (name, email, payload);
    }

    static NewEvent ToEvent(Caller caller, string? key, string name, string email, JsonElement? payload)
    {
        var data = payload is { } given ? JsonObject.Create(given)! : [];
        if (!data.ContainsKey("email")) data["email"] = email;
        return new NewEvent
        {
            Source = $"urn:waybill:key:{caller.Key.Id}", // a key's Idempotency-Keys do not meet another's
            Id = key ?? Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)),
            Type = name,
            Subject = email,
            Data = JsonSerializer.SerializeToElement(data, ApiJson.Default.JsonObject),
        };
    }

    /// <summary>
    /// A field that the schema does not name may be there, and one that it names may be missing: Resend's schemas have no more to say.
    /// </summary>
    static ApiError? Objection(JsonElement? payload, IReadOnlyDictionary<string, string> schema)
    {
        foreach (var (field, kind) in schema)
        {
            if (payload is { } given && given.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null
                && !Is(value, kind))
                return ApiError.Invalid($"The `payload` field '{field}' must be a {kind}, as the event's schema says.");
        }

        return null;
    }

    static bool Is(JsonElement value, string kind) => kind switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ =>
            value.ValueKind == JsonValueKind.String
                && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
    };
}

/// <summary>The event that was taken in, by its name.</summary>
internal sealed record SentEventAnswer(string Event, string Object = "event");
