using System.Text.Json;
using Waybill.Engine.Keys;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Keys;

/// <summary><c>/api-keys</c>: the keys of the caller's tenant.</summary>
internal static class KeysApi
{
    const int LongestScope = 100;

    public static async Task<IResult> CreateAsync(HttpContext context, Caller caller, ApiKeys keys)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        if (Name(body.Root, out var wrong) is not { } name) return wrong!;
        var fields = new FieldReader(body.Root);
        var scopes = Scopes(fields);
        if (fields.Has("domain_id")) fields.Refuse(ApiError.Invalid("The `domain_id` field binds a key to a domain, which this Waybill cannot do yet."));
        if (fields.Error is { } refused) return refused;
        if (scopes.FirstOrDefault(scope => !caller.Key.Has(scope)) is { } beyond)
            return ApiError.Invalid($"A key cannot give what it does not have: {beyond}.");
        var made = await keys.CreateAsync(caller.Tenant, name, scopes, context.RequestAborted);
        return Results.Json(new NewKeyAnswer(made.Key.Id, made.Secret), ApiJson.Default.NewKeyAnswer, statusCode: 201);
    }

    public static async Task<IResult> ListAsync(HttpContext context, Caller caller, ApiKeys keys)
    {
        var (page, error) = Paging.Read(context.Request.Query);
        if (page is null) return error!;
        var all = await keys.ListAsync(caller.Tenant, context.RequestAborted);
        var rest = all.Where(key => page.After is not { } after || key.Id.Value.CompareTo(after) < 0).Where(key => page.Before is not { } before || key.Id.Value.CompareTo(before) > 0).ToList();
        var shown = page.Before is null ? rest.Take(page.Limit) : rest.TakeLast(page.Limit);
        return Results.Json(
            new KeyListAnswer(rest.Count > page.Limit, [.. shown.Select(key => new KeyRow(key.Id, key.Name, key.CreatedAt.OnTheWire(), key.LastUsedAt?.OnTheWire()))]),
            ApiJson.Default.KeyListAnswer);
    }

    public static async Task<IResult> RenameAsync(string id, HttpContext context, Caller caller, ApiKeys keys)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        if (Name(body.Root, out var wrong) is not { } name) return wrong!;
        return ApiKeyId.TryParse(id, null, out var key) && await keys.RenameAsync(caller.Tenant, key, name, context.RequestAborted)
            ? Results.Json(new KeyReference(key), ApiJson.Default.KeyReference)
            : ApiError.NotFound("API key");
    }

    public static async Task<IResult> RevokeAsync(string id, HttpContext context, Caller caller, ApiKeys keys) =>
        ApiKeyId.TryParse(id, null, out var key) && await keys.RevokeAsync(caller.Tenant, key, context.RequestAborted)
            ? Results.Json(new RevokedKeyAnswer(key), ApiJson.Default.RevokedKeyAnswer)
            : ApiError.NotFound("API key");

    static string? Name(JsonElement body, out ApiError? error)
    {
        error = null;
        if (body.ValueKind != JsonValueKind.Object)
        {
            error = ApiError.Invalid("The body must be a JSON object.");
            return null;
        }

        var fields = new FieldReader(body);
        if (!fields.Has("name")) fields.Refuse(ApiError.Missing("name"));
        var name = fields.Text("name", ApiKeys.LongestName);
        if (name is not null && !ApiKeys.CanBeCalled(name)) fields.Refuse(ApiError.Invalid("The `name` field may not be blank or hold control characters."));
        error = fields.Error;
        return error is null ? name : null;
    }

    /// <summary>Resend's two permissions, or our own scopes.</summary>
    static IReadOnlyList<string> Scopes(FieldReader fields)
    {
        var scopes = fields.Texts("scopes", Scope.All.Count, LongestScope);
        if (scopes.FirstOrDefault(scope => !Scope.All.Contains(scope)) is { } unknown)
            fields.Refuse(ApiError.Invalid($"The `scopes` field names '{unknown}'; there are {string.Join(", ", Scope.All)}."));
        if (scopes.Count > 0) return scopes;
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

/// <summary>A new key; the only answer that ever holds one.</summary>
internal sealed record NewKeyAnswer(ApiKeyId Id, string Token);

/// <summary>A key in a list.</summary>
internal sealed record KeyRow(ApiKeyId Id, string Name, string CreatedAt, string? LastUsedAt);

/// <summary>A page of keys, newest first.</summary>
internal sealed record KeyListAnswer(bool HasMore, IReadOnlyList<KeyRow> Data)
{
    public string Object { get; } = "list";
}

/// <summary>Names a key that was changed.</summary>
internal sealed record KeyReference(ApiKeyId Id)
{
    public string Object { get; } = "api_key";
}

/// <summary>Names a key that was revoked.</summary>
internal sealed record RevokedKeyAnswer(ApiKeyId Id)
{
    public string Object { get; } = "api_key";

    public bool Deleted { get; } = true;
}
