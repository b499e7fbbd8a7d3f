using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Waybill.Books.Reading;
using Waybill.Engine.Tenancy;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Tenancy;

/// <summary>
/// <c>/v1/tenants/{name}</c>: what an operator decides about a tenant, and the tenant itself can only read: the domains that it may send
/// from by the relays of the instance.
/// </summary>
internal static class TenantsApi
{
    const int LongestDomain = 300;

    public static async Task<IResult> GetAsync(string name, HttpContext context, Caller caller, Tenants tenants) =>
        await FindAsync(name, context, caller, tenants) is { } tenant ? Show(tenant) : Problem.NotFound("Tenant");

    public static async Task<IResult> ChangeAsync(string name, HttpContext context, Caller caller, Tenants tenants)
    {
        if (caller.Key.Tenant is not null) return new Problem(403, "invalid_access", "Only an instance key may grant domains.");
        if (await FindAsync(name, context, caller, tenants) is not { } tenant) return Problem.NotFound("Tenant");
        var (read, error) = await JsonBody.ReadAsync(context);
        if (read is null) return error!;
        using var body = read;
        if (body.Root.ValueKind != JsonValueKind.Object) return Problem.Invalid("The body must be a JSON object.");
        if (body.Root.EnumerateObject().Select(field => field.Name).FirstOrDefault(field => field != "sender_domains") is { } other)
            return Problem.Invalid(
                $"The `{(other.Length > 60 ? other[..60] : other)}` field cannot be changed here; `sender_domains` can.");
        if (!body.Root.TryGetProperty("sender_domains", out _)) return Problem.From(ApiError.Missing("sender_domains"));
        var (grant, objection) = Read(Fields.Exact(body.Root));
        if (objection is not null) return objection;
        return await tenants.GrantAsync(tenant.Id, grant, context.RequestAborted) is { } changed
            ? Show(changed)
            : Problem.NotFound("Tenant");
    }

    /// <summary>What is to be granted; null where the field is null: the standard.</summary>
    static (SenderGrant? Grant, ApiError? Error) Read(Fields fields)
    {
        if (fields.IsCleared("sender_domains")) return (null, null);
        var domains = fields.Texts("sender_domains", SenderGrant.Most, LongestDomain);
        if (fields.Error() is { } wrong) return (null, wrong);
        return SenderGrant.TryRead(domains, out var grant, out var entry) ? (grant, null) : (null, ApiError.Invalid(
            $"The `sender_domains` field has '{entry}', which is neither a domain like example.org, nor *.example.org for all below it, nor * for every one."));
    }

    /// <summary>The tenant that the request is about, and no other: an instance key names it in the header too.</summary>
    static async Task<Tenant?> FindAsync(string name, HttpContext context, Caller caller, Tenants tenants) =>
        await tenants.FindAsync(name, context.RequestAborted) is { } tenant && tenant.Id == caller.Tenant ? tenant : null;

    static JsonHttpResult<TenantAnswer> Show(Tenant tenant) => TypedResults.Json(new TenantAnswer(tenant), ApiJson.Default.TenantAnswer);
}

/// <summary>A tenant as the API shows it.</summary>
internal sealed class TenantAnswer(Tenant tenant)
{
    public string Object { get; } = "tenant";

    public TenantId Id => tenant.Id;

    public string Name => tenant.Name;

    public string TimeZone => tenant.TimeZone;

    /// <summary>The domains that it may send from by the relays of the instance.</summary>
    public IReadOnlyList<string> SenderDomains => tenant.Senders.Domains;

    /// <summary>Whether an operator set them; else they are the standard.</summary>
    public bool SenderDomainsAreSet => tenant.Granted is not null;
}
