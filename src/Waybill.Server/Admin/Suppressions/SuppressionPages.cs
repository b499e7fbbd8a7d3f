using Waybill.Engine.Accounts;
using Waybill.Engine.Suppression;
using Waybill.Mime.Addresses;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages;
using Waybill.Server.Admin.Access;
using Waybill.Server.Api.Suppressions;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Suppressions;

/// <summary><c>/suppressions</c>: the addresses that get no more mail of the tenant.</summary>
internal static class SuppressionPages
{
    const int PageSize = 50;
    const int MostNamed = 10;
    const int LongestNamed = 80;

    public static void MapSuppressions(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/suppressions", ListAsync).For(Permit.Read);
        tenant.MapPost("/suppressions", AddAsync).For(Permit.Suppressions);
        tenant.MapGet("/suppressions/new", (HttpContext context) => Page<AddSuppressionsPage, AddSuppressionsModel>(context, new("", [])))
            .For(Permit.Suppressions);
        tenant.MapGet("/suppressions/{id:guid}", ShowAsync).For(Permit.Read);
        tenant.MapPost("/suppressions/{id:guid}/remove", RemoveAsync).For(Permit.Suppressions);
    }

    static async Task<IResult> ListAsync(HttpContext context, SuppressionList list)
    {
        var page = Cursors.Read(context.Request.Query);
        var (search, word) = (context.Request.Query["q"].ToString(), context.Request.Query["origin"].ToString());
        var origin = SuppressionOriginWords.Find(word);
        var (rows, hasMore) = await list.ListAsync(
            context.Visitor().Tenant!.Id, new SuppressionFilter(origin, search), PageSize, page.After, page.Before, context.RequestAborted);
        var (hasNewer, hasOlder) = Cursors.Around(page, hasMore);
        var query = $"q={Uri.EscapeDataString(search)}&origin={(origin is null ? "" : word)}";
        var edges = new ListEdges(hasNewer, hasOlder, search.Length > 0 || origin is not null ? query : "");
        return Page<SuppressionsPage, SuppressionsModel>(context, new(rows, edges, search, origin is null ? null : word));
    }

    /// <summary>All of them or none: a list that was pasted is mended where it stands.</summary>
    static async Task<IResult> AddAsync(HttpContext context, SuppressionList list)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var typed = form["emails"].ToString();
        var (addresses, fault) = Read(context, FormBody.Split(typed));
        if (fault is not null)
            return Page<AddSuppressionsPage, AddSuppressionsModel>(context, new(typed, [new("emails", fault)]), 422);
        await list.AddAsync(
            context.Visitor().Tenant!.Id, addresses, SuppressionOrigin.Manual, stream: null, source: null, context.RequestAborted);
        await context.NoteAsync("suppressions.add", $"{addresses.Count}: {string.Join(", ", addresses)}");
        return SeeOther(context, PathOf(context), new(Tone.Good, context.SayCount("suppressions.added", addresses.Count)));
    }

    static async Task<IResult> ShowAsync(Guid id, HttpContext context, SuppressionList list) =>
        await list.FindAsync(context.Visitor().Tenant!.Id, new SuppressionName.ById(id), context.RequestAborted) is [var one, ..]
            ? Page<SuppressionPage, SuppressedAddress>(context, one)
            : Missing(context);

    static async Task<IResult> RemoveAsync(Guid id, HttpContext context, SuppressionList list)
    {
        if (await list.RemoveAsync(context.Visitor().Tenant!.Id, new SuppressionName.ById(id), context.RequestAborted) is not [
            var removed, ..]) return Missing(context);
        await context.NoteAsync("suppressions.remove", removed.Email);
        return SeeOther(context, PathOf(context), new(Tone.Good, context.Say("suppressions.removed", removed.Email)));
    }

    static (IReadOnlyList<Address> Addresses, string? Fault) Read(HttpContext context, string[] words)
    {
        if (words.Length == 0) return ([], context.Say("suppressions.addresses.none"));
        if (words.Length > SuppressionBatch.Most)
            return ([], context.Say("suppressions.addresses.many", SuppressionBatch.Most, words.Length));
        var read = words.Select(word => (Word: word, Address: word.Length <= SuppressionsApi.LongestAddress
            && Address.TryParse(word, out var address, out _) ? address : null)).ToList();
        var wrong = read.Where(one => one.Address is null)
            .Select(one => one.Word.Length > LongestNamed ? one.Word[..LongestNamed] + "…" : one.Word).ToList();
        if (wrong.Count == 0) return ([.. read.Select(one => one.Address!)], null);
        return ([], context.Say(
            "suppressions.addresses.wrong", string.Join(", ", wrong.Take(MostNamed)) + (wrong.Count > MostNamed ? " …" : "")));
    }

    static string PathOf(HttpContext context) => context.InTenant("suppressions");

    static IResult Missing(HttpContext context) => Pages.Missing(context, "suppressions.gone.title", "suppressions.gone");
}

/// <summary>A page of the list.</summary>
/// <param name="Rows">The addresses, newest first.</param>
/// <param name="Edges">Where the pages around it are.</param>
/// <param name="Search">What was searched for; empty: nothing.</param>
/// <param name="Origin">The word of the origin that was chosen; null: any.</param>
public sealed record SuppressionsModel(IReadOnlyList<SuppressedAddress> Rows, ListEdges Edges, string Search, string? Origin);

/// <summary>The form that adds addresses.</summary>
/// <param name="Typed">What was typed last.</param>
/// <param name="Faults">What is wrong with it.</param>
public sealed record AddSuppressionsModel(string Typed, IReadOnlyList<Fault> Faults);
