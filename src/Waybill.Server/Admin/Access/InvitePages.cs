using Waybill.Engine.Accounts;
using Waybill.Engine.SigningIn;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Pages.Access;
using Waybill.Server.Admin.Joining;

namespace Waybill.Server.Admin.Access;

/// <summary>The link of an invitation.</summary>
internal static class InvitePages
{
    /// <summary>What stands before the link's secret.</summary>
    public const string Path = "/admin/invite/";

    public static void MapInvite(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path + "{token}", ShowAsync).ForEverybody();
        routes.MapPost(Path + "{token}", AcceptAsync).ForEverybody().RequireRateLimiting(EntryLimits.Entering);
    }

    static async Task<IResult> ShowAsync(string token, HttpContext context, Links links)
    {
        if (await links.FindAsync(LinkKind.Invite, token, context.RequestAborted) is not { } link) return Gone(context);
        return await PageAsync(token, link, context, link.Name ?? "", Appearance.Of(context).Locale, []);
    }

    static async Task<IResult> AcceptAsync(string token, HttpContext context, Links links, Invitations invitations, SignIn signIn)
    {
        if (await links.FindAsync(LinkKind.Invite, token, context.RequestAborted) is not { } link) return Gone(context);
        var address = context.Machine().Address;
        if (await invitations.FindInvitedAsync(link, context.RequestAborted) is { } known)
        {
            if (context.VisitorOrNull()?.Person.Id != known.Id) return await PageAsync(token, link, context, "", "", []);
            return await invitations.AcceptAsync(link, known, address, context.RequestAborted) is AccountChange.Refused
                ? Gone(context)
                : new SeeOther(await FirstPageAsync(context, link));
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var person = new NewPerson(link.Email!, form["name"].ToString(), form["language"].ToString(), form["password"].ToString());
        if (await invitations.AcceptAsync(link, person, address, context.RequestAborted) is AccountChange.Refused(var faults))
            return faults.Any(fault => fault.Code == AccountFault.LinkGone)
                ? Gone(context)
                : await PageAsync(token, link, context, person.Name, person.Language, faults);
        var entered = await signIn.TryPasswordAsync(person.Email, person.Password, context.Machine(), context.RequestAborted);
        return SignInPages.Admit(context, entered, await FirstPageAsync(context, link)) ?? new SeeOther("/admin/sign-in");
    }

    static async Task<IResult> PageAsync(
        string token, AccountLink link, HttpContext context, string name, string language, IReadOnlyList<AccountFault> faults)
    {
        var known = await context.RequestServices.GetRequiredService<Invitations>().FindInvitedAsync(link, context.RequestAborted);
        return Pages.Page<InvitePage>(
            context,
            new
            {
                Place = (await TenantAsync(context, link))?.Name ?? PeopleScope.InstanceName,
                Email = link.Email!,
                Role = link.Role!.Value,
                Path = Path + token,
                HasAccount = known is not null,
                IsTheirs = known is not null && context.VisitorOrNull()?.Person.Id == known.Id,
                Name = name,
                Language = language,
                Faults = faults,
            },
            faults.Count > 0 ? 422 : 200);
    }

    static async Task<string> FirstPageAsync(HttpContext context, AccountLink link) =>
        await TenantAsync(context, link) is { } tenant
            ? await Homes.OfAsync(context, tenant, link.Role!.Value, instanceRole: null) ?? "/admin"
            : "/admin";

    static async ValueTask<Tenant?> TenantAsync(HttpContext context, AccountLink link) => link.Tenant is { } id && id != TenantId.Everybody
        ? await context.RequestServices.GetRequiredService<Tenants>().FindAsync(id, context.RequestAborted)
        : null;

    static IResult Gone(HttpContext context) => Refusals.Page(context, "invite", 404);
}
