using Waybill.Engine.Keys;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Server.Api.Rates;

namespace Waybill.Server.Api;

/// <summary>Lets in who has a key with the right scope, and settles which tenant the request is about.</summary>
internal sealed class KeyGate(ApiKeys keys, Tenants tenants, RateLimits rates)
{
    const string Scheme = "Bearer ";

    /// <summary>Null when the request may go on; the <see cref="Caller"/> is set then.</summary>
    public async Task<ApiError?> ObjectionAsync(HttpContext context, string scope)
    {
        var (key, refused) = await FindAsync(context, scope);
        if (key is null) return refused;
        var objection = await AdmitAsync(context, key) ?? rates.Objection(context, context.Features.Get<Caller>()!);
        if (objection is null) await NoteUseAsync(key, context.RequestAborted);
        return objection;
    }

    /// <summary>Null when the key is one of the whole instance: what is asked for tells of every tenant.</summary>
    public async Task<ApiError?> InstanceObjectionAsync(HttpContext context, string scope)
    {
        var (key, refused) = await FindAsync(context, scope);
        if (key is null) return refused;
        if (key.Tenant is not null)
            return new(
                403, "invalid_access",
                "This tells of the whole instance: ask with a key of the instance (`waybill keys create --instance`).");
        await NoteUseAsync(key, context.RequestAborted);
        return null;
    }

    /// <summary>Whether the request brings a key at all.</summary>
    public static bool BringsKey(HttpRequest request) => request.Headers.Authorization.Count > 0;

    async Task<(ApiKey? Key, ApiError? Refused)> FindAsync(HttpContext context, string scope)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return (null, new(401, "missing_api_key", "Missing API key in the authorization header: send `Authorization: Bearer wb_…`."));
        if (await keys.FindAsync(header[Scheme.Length..].Trim(), context.RequestAborted) is not { } key)
            return (null, new(403, "invalid_api_key", "API key is invalid or was revoked."));
        return key.Has(scope)
            ? (key, null)
            : (null, new(401, "restricted_api_key", $"This API key may not do this: it lacks the scope {scope}."));
    }

    async Task<ApiError?> AdmitAsync(HttpContext context, ApiKey key)
    {
        var named = context.Request.Headers["Waybill-Tenant"].ToString();
        if (named.Length == 0 && key.Tenant is null)
            return new(403, "invalid_access", "This is an instance key: name the tenant in the header Waybill-Tenant.");
        var tenant = named.Length == 0 ? key.Tenant : (await tenants.FindAsync(named, context.RequestAborted))?.Id;
        if (tenant is not { } one || (key.Tenant is { } own && own != one))
            return new(403, "invalid_access", "This API key has no access to the tenant that the header Waybill-Tenant names.");
        context.Features.Set(new Caller(key, one));
        return null;
    }

    /// <summary>Nobody is refused because this could not be noted.</summary>
    async Task NoteUseAsync(ApiKey key, CancellationToken cancellationToken)
    {
        try
        {
            await keys.NoteUseAsync(key, cancellationToken);
        }
        catch (StorageException)
        {
            // the request itself will say so if it needs the database
        }
    }
}

/// <summary>Puts endpoints behind a key.</summary>
internal static class KeyGateRoutes
{
    /// <summary>Asks for a key with this scope before anything of the request is read.</summary>
    public static RouteHandlerBuilder RequireScope(this RouteHandlerBuilder route, string scope) =>
        route.WithMetadata(new RequiredScope(scope));

    /// <summary>Runs between routing and the endpoint, so that not even a body is bound for those without a key.</summary>
    public static IApplicationBuilder UseKeyGate(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var required = context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>();
        var objection = required is null
            ? null
            : await context.RequestServices.GetRequiredService<KeyGate>().ObjectionAsync(context, required.Scope);
        if (objection is null) await next(context);
        else await objection.ExecuteAsync(context);
    });
}

/// <summary>What a key needs to reach an endpoint.</summary>
internal sealed record RequiredScope(string Scope);
