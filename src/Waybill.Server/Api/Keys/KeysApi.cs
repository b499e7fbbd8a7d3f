using Waybill.Engine.Keys;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Keys;

/// <summary><c>/api-keys</c>: the keys of the caller's tenant.</summary>
internal static class KeysApi
{
    public static async Task<IResult> CreateAsync(HttpContext context, Caller caller, ApiKeys keys)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        var (posted, faults) = PostedKey.Read(body.Root);
        if (posted is null) return faults[0].ToError();
        if (posted.Scopes.FirstOrDefault(scope => !caller.Key.Has(scope)) is { } beyond)
            return ApiError.Invalid($"A key cannot give what it does not have: {beyond}.");
        var made = await keys.CreateAsync(caller.Tenant, posted.Name, posted.Scopes, context.RequestAborted);
        return Results.Json(new NewKeyAnswer(made.Key.Id, made.Secret), ApiJson.Default.NewKeyAnswer, statusCode: 201);
    }

    public static async Task<IResult> ListAsync(HttpContext context, Caller caller, ApiKeys keys)
    {
        var (page, error) = Paging.Read(context.Request.Query);
        if (page is null) return error!;
        var all = await keys.ListAsync(caller.Tenant, context.RequestAborted);
        var rest = all.Where(key => page.After is not { } after || key.Id.Value.CompareTo(after) < 0)
            .Where(key => page.Before is not { } before || key.Id.Value.CompareTo(before) > 0).ToList();
        var shown = page.Before is null ? rest.Take(page.Limit) : rest.TakeLast(page.Limit);
        return Results.Json(
            new KeyListAnswer(
                rest.Count > page.Limit,
                [.. shown.Select(key => new KeyRow(key.Id, key.Name, key.CreatedAt.OnTheWire(), key.LastUsedAt?.OnTheWire()))]),
            ApiJson.Default.KeyListAnswer);
    }

    public static async Task<IResult> RenameAsync(string id, HttpContext context, Caller caller, ApiKeys keys)
    {
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        var (name, faults) = PostedKey.ReadName(body.Root);
        if (name is null) return faults[0].ToError();
        return ApiKeyId.TryParse(id, null, out var key) && await keys.RenameAsync(caller.Tenant, key, name, context.RequestAborted)
            ? Results.Json(new KeyReference(key), ApiJson.Default.KeyReference)
            : ApiError.NotFound("API key");
    }

    public static async Task<IResult> RevokeAsync(string id, HttpContext context, Caller caller, ApiKeys keys) =>
        ApiKeyId.TryParse(id, null, out var key) && await keys.RevokeAsync(caller.Tenant, key, context.RequestAborted)
            ? Results.Json(new RevokedKeyAnswer(key), ApiJson.Default.RevokedKeyAnswer)
            : ApiError.NotFound("API key");
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
