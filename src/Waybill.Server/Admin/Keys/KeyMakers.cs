using Waybill.Engine.Audit;
using Waybill.Engine.Keys;
using Waybill.Engine.Tenancy;

namespace Waybill.Server.Admin.Keys;

/// <summary>
/// Who made which key in the browser, as the audit has it; of a key that came by the API or the command line it says nothing.
/// </summary>
internal static class KeyMakers
{
    const string Act = "keys.create";
    const int Most = 1_000;

    public static Task NoteAsync(HttpContext context, TenantId tenant, ApiKey made) =>
        context.NoteInAsync(tenant, Act, $"{made.Name}: {string.Join(' ', made.Scopes)}, {made.Id}");

    public static async Task<IReadOnlyDictionary<ApiKeyId,
        string>> ReadAsync(AuditTrail audit, TenantId tenant, CancellationToken cancellationToken)
    {
        var makers = new Dictionary<ApiKeyId, string>();
        foreach (var entry in await audit.ListAsync(tenant, new AuditFilter(Act: Act), Most, cancellationToken))
            if (ApiKeyId.TryParse(entry.What.Split(' ')[^1], null, out var id)) makers[id] = entry.Who.Name;
        return makers;
    }
}
