using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Keys;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Framing;
using Waybill.Server.Admin.Access;
using Waybill.Server.Api.Keys;
using Waybill.Server.Http;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Keys;

/// <summary><c>/keys</c>: the tenant's API keys.</summary>
internal static class KeyPages
{
    const int PageSize = 100;

    public static void MapKeys(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/keys", ListAsync).For(Permit.Keys);
        tenant.MapPost("/keys", CreateAsync).For(Permit.Keys);
        tenant.MapGet("/keys/new", (HttpContext context) => Form(context, new("", []), [])).For(Permit.Keys);
        tenant.MapGet("/keys/{id}", ShowAsync).For(Permit.Keys);
        tenant.MapPost("/keys/{id}/rename", RenameAsync).For(Permit.Keys);
        tenant.MapPost("/keys/{id}/revoke", RevokeAsync).For(Permit.Keys);
    }

    static async Task<IResult> ListAsync(HttpContext context, ApiKeys keys, AuditTrail audit)
    {
        var all = await keys.ListAsync(Tenant(context), context.RequestAborted);
        var rest = ApiKeyId.TryParse(context.Request.Query["after"], null, out var after)
            ? all.Where(key => key.Id.Value.CompareTo(after.Value) < 0).ToList()
            : all;
        var makers = await KeyMakers.ReadAsync(audit, Tenant(context), context.RequestAborted);
        var (hasNewer, hasOlder) = (rest.Count < all.Count, rest.Count > PageSize);
        return Page<KeysPage, KeysModel>(context, new([.. rest.Take(PageSize)], makers, hasNewer, hasOlder));
    }

    static async Task<IResult> CreateAsync(HttpContext context, ApiKeys keys)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var draft = new KeyDraft(form["name"].ToString(), [.. form["scopes"].OfType<string>()]);
        var named = new FormBody(form).Texts("name");
        var (posted, wrong) =
            PostedKey.Read(
                (draft.Scopes.Count == 0 ? named : named.With("scopes", new System.Text.Json.Nodes.JsonArray([.. draft.Scopes]))).Json());
        List<Fault> faults = [.. FormFaults.Of(context, wrong, name => Label(context, name))];
        if (draft.Scopes.Count == 0) faults.Add(new("scopes", context.Say("keys.scopes.none")));
        else if (draft.Scopes.FirstOrDefault(scope => Engine.Keys.Scope.All.Contains(scope) && !CanGive(context, scope)) is { } beyond)
            faults.Add(new("scopes", context.Say("keys.scopes.beyond", beyond)));
        if (posted is null || faults.Count > 0) return Form(context, draft, faults);
        var made = await keys.CreateAsync(Tenant(context), posted.Name, posted.Scopes, context.RequestAborted);
        await KeyMakers.NoteAsync(context, Tenant(context), made.Key);
        FreshKey.Leave(context, made);
        return SeeOther(context, PathOf(context, $"/{made.Key.Id}"));
    }

    static async Task<IResult> ShowAsync(string id, HttpContext context, ApiKeys keys, AuditTrail audit, PublicAddress address)
    {
        var all = await keys.ListAsync(Tenant(context), context.RequestAborted);
        return Find(id, all) is { } key ? await KeyPageAsync(context, key, all, audit, address, name: null, []) : Missing(context);
    }

    static async Task<IResult> RenameAsync(string id, HttpContext context, ApiKeys keys, AuditTrail audit, PublicAddress address)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var all = await keys.ListAsync(Tenant(context), context.RequestAborted);
        if (Find(id, all) is not { } key) return Missing(context);
        var (name, wrong) = PostedKey.ReadName(new FormBody(form).Texts("name").Json());
        if (name is null)
            return await KeyPageAsync(
                context, key, all, audit, address, form["name"].ToString(), FormFaults.Of(context, wrong, one => Label(context, one)));
        if (!await keys.RenameAsync(Tenant(context), key.Id, name, context.RequestAborted)) return Missing(context);
        await context.NoteAsync("keys.rename", $"{key.Name} → {name}, {key.Id}");
        return SeeOther(context, PathOf(context, $"/{key.Id}"), new(Tone.Good, context.Say("keys.renamed", name)));
    }

    /// <summary>The last key that may do something is asked for twice, by name.</summary>
    static async Task<IResult> RevokeAsync(string id, HttpContext context, ApiKeys keys, AuditTrail audit, PublicAddress address)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var all = await keys.ListAsync(Tenant(context), context.RequestAborted);
        if (Find(id, all) is not { } key) return Missing(context);
        if (IsLastFull(key, all) && form["sure"] != "true")
            return await KeyPageAsync(context, key, all, audit, address, name: null, [new("sure", context.Say("keys.revoke.unsure"))]);
        if (!await keys.RevokeAsync(Tenant(context), key.Id, context.RequestAborted)) return Missing(context);
        await context.NoteAsync("keys.revoke", $"{key.Name}, {key.Id}");
        return SeeOther(context, PathOf(context, ""), new(Tone.Good, context.Say("keys.revoked", key.Name)));
    }

    static async Task<IResult> KeyPageAsync(
        HttpContext context, ApiKey key, IReadOnlyList<ApiKey> all, AuditTrail audit, PublicAddress address, string? name,
        IReadOnlyList<Fault> faults)
    {
        var makers = await KeyMakers.ReadAsync(audit, Tenant(context), context.RequestAborted);
        var model = new KeyModel(key, address.Url, name ?? key.Name, IsLastFull(key, all), faults)
        {
            Maker = makers.GetValueOrDefault(key.Id),
            Secret = faults.Count > 0 ? null : FreshKey.Take(context, key.Id),
        };
        return Page<KeyPage, KeyModel>(context, model, faults.Count > 0 ? 422 : 200);
    }

    static IResult Form(HttpContext context, KeyDraft draft, List<Fault> faults) => Page<NewKeyPage, NewKeyModel>(
        context, new(draft, scope => CanGive(context, scope), faults), faults.Count > 0 ? 422 : 200);

    static bool IsLastFull(ApiKey key, IReadOnlyList<ApiKey> all) => key.Has(Scope.Full) && all.Count(one => one.Has(Scope.Full)) == 1;

    static ApiKey? Find(string id, IReadOnlyList<ApiKey> all) =>
        ApiKeyId.TryParse(id, null, out var key) ? all.FirstOrDefault(one => one.Id == key) : null;

    /// <summary>Keys of the first tenant are the operator's: one that administers all books is made by who runs the instance.</summary>
    static bool CanGive(HttpContext context, string scope) =>
        context.Visitor() is { Role: { } role, Tenant: { } tenant } visitor && role.CanGive(scope)
        && (scope is not (Scope.Full or Scope.BooksAdmin) || tenant.Name != Tenants.First || visitor.MayInInstance(Permit.Instance));

    static string? Label(HttpContext context, string field) => field is "name" or "scopes" ? context.Say($"keys.{field}") : null;

    static TenantId Tenant(HttpContext context) => context.Visitor().Tenant!.Id;

    static string PathOf(HttpContext context, string rest) => context.InTenant($"keys{rest}");

    static IResult Missing(HttpContext context) => Pages.Missing(context, "keys.missing.title", "keys.missing");
}

/// <summary>A page of the list.</summary>
/// <param name="Keys">The keys, newest first.</param>
/// <param name="Makers">Who made them, where that is known.</param>
/// <param name="HasNewer">Whether a page comes before.</param>
/// <param name="HasOlder">Whether a page follows.</param>
public sealed record KeysModel(IReadOnlyList<ApiKey> Keys, IReadOnlyDictionary<ApiKeyId, string> Makers, bool HasNewer, bool HasOlder);

/// <summary>One key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Url">Where the API is.</param>
/// <param name="Name">The name as it was typed last.</param>
/// <param name="IsLastFull">Whether no other key of the tenant has every scope.</param>
/// <param name="Faults">What is wrong with one of the forms.</param>
public sealed record KeyModel(ApiKey Key, string Url, string Name, bool IsLastFull, IReadOnlyList<Fault> Faults)
{
    /// <summary>Who made it; null: not known.</summary>
    public string? Maker { get; init; }

    /// <summary>The key itself, when it was made just now.</summary>
    public string? Secret { get; init; }
}

/// <summary>The form that makes a key.</summary>
/// <param name="Draft">What was typed last.</param>
/// <param name="CanGive">Whether the visitor may give a key this scope.</param>
/// <param name="Faults">What is wrong with it.</param>
public sealed record NewKeyModel(KeyDraft Draft, Func<string, bool> CanGive, IReadOnlyList<Fault> Faults);
