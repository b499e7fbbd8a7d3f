using System.Text.Json;
using Waybill.Engine.Keys;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Keys;

/// <summary>A key as it is asked for: <c>name</c>, and either Resend's <c>permission</c> or our own <c>scopes</c>.</summary>
internal sealed record PostedKey(string Name, IReadOnlyList<string> Scopes)
{
    const int LongestScope = 100;

    /// <summary>Reads it, or says all that is wrong.</summary>
    public static (PostedKey? Key, IReadOnlyList<ApiError> Errors) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return (null, [ApiError.Invalid("The body must be a JSON object.")]);
        var fields = new FieldReader(body);
        var key = new PostedKey(ReadName(fields), ReadScopes(fields));
        if (fields.Has("domain_id")) fields.Refuse(ApiError.Invalid("The `domain_id` field binds a key to a domain, which this Waybill cannot do yet."));
        return (fields.Errors.Count == 0 ? key : null, fields.Errors);
    }

    /// <summary>Reads a new name alone, or says what is wrong with it.</summary>
    public static (string? Name, ApiError? Error) ReadName(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return (null, ApiError.Invalid("The body must be a JSON object."));
        var fields = new FieldReader(body);
        var name = ReadName(fields);
        return fields.Error is { } error ? (null, error) : (name, null);
    }

    static string ReadName(FieldReader fields)
    {
        if (!fields.Has("name")) fields.Refuse(ApiError.Missing("name"));
        return fields.Name("name", ApiKeys.LongestName) ?? "";
    }

    /// <summary>Resend's two permissions, or our own scopes.</summary>
    static IReadOnlyList<string> ReadScopes(FieldReader fields)
    {
        var scopes = fields.Texts("scopes", Scope.All.Count, LongestScope);
        if (scopes.FirstOrDefault(scope => !Scope.All.Contains(scope)) is { } unknown)
            fields.Refuse(ApiError.Invalid($"The `scopes` field names '{unknown}'; there are {string.Join(", ", Scope.All)}."));
        if (scopes.Count > 0) return scopes;
        if (fields.Has("scopes"))
            fields.Refuse(ApiError.Invalid($"The `scopes` field is empty; name at least one of {string.Join(", ", Scope.All)}."));
        switch (fields.Text("permission", 50))
        {
            case null or "full_access":
                return [Scope.Full];
            case "sending_access":
                return [Scope.Send];
            default:
                fields.Refuse(ApiError.Invalid("The `permission` field must be full_access or sending_access."));
                return [];
        }
    }
}
