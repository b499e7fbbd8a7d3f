using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Server.Admin.Access;
using Waybill.Server.Admin.Joining;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Audit;

/// <summary>The audit of a tenant or of the whole instance.</summary>
internal static class AuditPages
{
    const int PageSize = 50;

    /// <summary>Maps it below <c>/admin/t/{tenant}</c> or <c>/admin/instance</c>.</summary>
    public static void MapAudit(this RouteGroupBuilder place) => place.MapGet("/audit", ShowAsync).For(Permit.Audit);

    static async Task<IResult> ShowAsync(HttpContext context, AuditTrail audit, TimeProvider clock)
    {
        var asked = AuditQuery.Read(context.Request.Query);
        var place = PeopleScope.Of(context);
        var (since, isWrong) = asked.SinceWhen(clock.GetUtcNow());
        var entries = isWrong ? [] : await audit.ListAsync(
            place.Id, new(asked.After, Null(asked.Act), Null(asked.Who), since), PageSize + 1, context.RequestAborted);
        var shown = entries.Take(PageSize).ToList();
        var path = place.Path + "/audit";
        var model = new AuditModel(path, shown)
        {
            IsInstance = place.IsInstance,
            Who = asked.Who,
            Act = asked.Act,
            Since = asked.Since,
            Fault = isWrong ? context.Say("audit.since.wrong") : null,
            OlderHref = entries.Count > PageSize ? path + (asked with { After = shown[^1].Id }).Text() : null,
            NewestHref = asked.After is null ? null : path + (asked with { After = null }).Text(),
        };
        return Page<AuditPage, AuditModel>(context, model, isWrong ? 422 : 200);
    }

    static string? Null(string text) => text.Length > 0 ? text : null;
}

/// <summary>A page of the audit.</summary>
/// <param name="Path">Of this page, without a query.</param>
/// <param name="Entries">Newest first.</param>
public sealed record AuditModel(string Path, IReadOnlyList<AuditEntry> Entries)
{
    /// <summary>Whether it is the audit of the whole instance.</summary>
    public bool IsInstance { get; init; }

    /// <summary>The filter, as it was typed.</summary>
    public required string Who { get; init; }

    /// <inheritdoc cref="Who"/>
    public required string Act { get; init; }

    /// <inheritdoc cref="Who"/>
    public required string Since { get; init; }

    /// <summary>What is wrong with <see cref="Since"/>.</summary>
    public string? Fault { get; init; }

    /// <summary>Where older entries are; null: there are none.</summary>
    public string? OlderHref { get; init; }

    /// <summary>Where the newest entries are; null: here.</summary>
    public string? NewestHref { get; init; }
}
