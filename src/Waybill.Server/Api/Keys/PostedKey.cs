using System.Text.Json;
using Waybill.Books.Reading;
using Waybill.Engine.Keys;

namespace Waybill.Server.Api.Keys;

/// <summary>A key as it is asked for: <c>name</c>, and either Resend's <c>permission</c> or our own <c>scopes</c>.</summary>
internal sealed record PostedKey(string Name, IReadOnlyList<string> Scopes)
{
    const int LongestScope = 100;

    /// <summary>Reads it, or says all that is wrong.</summary>
    public static (PostedKey? Key, IReadOnlyList<FieldFault> Faults) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return (null, Fields.Exact(body).Faults);
        var fields = Fields.Exact(body);
        var key = new PostedKey(ReadName(fields), ReadScopes(fields));
        if (fields.HasValue("domain_id")) fields.Wrong("domain_id", "key.domain");
        return (fields.Fault is null ? key : null, fields.Faults);
    }

    /// <summary>Reads a new name alone, or says what is wrong with it.</summary>
    public static (string? Name, IReadOnlyList<FieldFault> Faults) ReadName(JsonElement body)
    {
        var fields = Fields.Exact(body);
        var name = fields.Fault is null ? ReadName(fields) : null;
        return (fields.Fault is null ? name : null, fields.Faults);
    }

    static string ReadName(Fields fields)
    {
        if (!fields.HasValue("name")) fields.Wrong("name", "missing");
        return fields.Name("name", ApiKeys.LongestName) ?? "";
    }

    /// <summary>Resend's two permissions, or our own scopes.</summary>
    static IReadOnlyList<string> ReadScopes(Fields fields)
    {
        var scopes = fields.Texts("scopes", Scope.All.Count, LongestScope);
        if (scopes.FirstOrDefault(scope => !Scope.All.Contains(scope)) is { } unknown)
            fields.Wrong("scopes", "key.scope", unknown, string.Join(", ", Scope.All));
        if (scopes.Count > 0) return scopes;
        if (fields.HasValue("scopes"))
            fields.Wrong("scopes", "key.scopes", string.Join(", ", Scope.All));
        switch (fields.Text("permission", 50))
        {
            case null or "full_access":
                return [Scope.Full];
            case "sending_access":
                return [Scope.Send];
            default:
                fields.Wrong("permission", "key.permission");
                return [];
        }
    }
}
