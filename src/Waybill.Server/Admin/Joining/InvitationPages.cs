using Waybill.Engine.Accounts;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.People;
using Waybill.Server.Admin.Access;
using Waybill.Server.Http;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Joining;

/// <summary>Invites people, and takes invitations back.</summary>
internal static class InvitationPages
{
    public static void MapInvitations(this RouteGroupBuilder place)
    {
        place.MapPost("/people/invite", InviteAsync).For(Permit.People);
        place.MapPost("/people/invitations/{invitation:guid}/send-again", SendAgainAsync).For(Permit.People);
        place.MapPost("/people/invitations/{invitation:guid}/withdraw", WithdrawAsync).For(Permit.People);
    }

    static async Task<IResult> InviteAsync(HttpContext context, Invitations invitations, PublicAddress address)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (email, name, word) = (form["email"].ToString(), form["name"].ToString(), form["role"].ToString());
        if (Roles.Find(word) is not { } role)
            return await PeoplePages.ListAsync(context, email, name, word, [new("role", AccountFault.RoleWrong)]);
        var place = PeopleScope.Of(context);
        var change = await invitations.InviteAsync(
            context.Actor(), context.Visitor().Person, new(place.Id, place.Name, email, name, role), Url(address), context.RequestAborted);
        return change is AccountChange.Refused(var faults)
            ? await PeoplePages.ListAsync(context, email, name, word, faults)
            : Sent(context, change);
    }

    static async Task<IResult> SendAgainAsync(Guid invitation, HttpContext context, Invitations invitations, PublicAddress address)
    {
        var place = PeopleScope.Of(context);
        var change = await invitations.SendAgainAsync(
            context.Actor(), context.Visitor().Person, place.Id, place.Name, invitation, Url(address), context.RequestAborted);
        return change is AccountChange.Refused(var faults)
            ? await PeoplePages.ListAsync(context, "", "", Role.Developer.Word(), faults)
            : Sent(context, change);
    }

    static async Task<IResult> WithdrawAsync(Guid invitation, HttpContext context, Invitations invitations)
    {
        var place = PeopleScope.Of(context);
        return await invitations.WithdrawAsync(context.Actor(), place.Id, invitation, context.RequestAborted)
            ? SeeOther(context, place.Path + "/people", new(Tone.Good, Frames.Of(context).T("people.withdrawn")))
            : await PeoplePages.ListAsync(context, "", "", Role.Developer.Word(), [new("", AccountFault.LinkGone)]);
    }

    /// <summary>
    /// Owners of the instance are shown the link too, e.g. while there is no relay. A tenant's owner is not: whoever has the link chooses
    /// the password of an account whose address may be invited elsewhere later.
    /// </summary>
    static IResult Sent(HttpContext context, AccountChange change)
    {
        var (email, url) = (AccountChange.Invited)change;
        var path = PeopleScope.Of(context).Path + "/people";
        return context.Visitor().MayInInstance(Permit.People)
            ? Page<InvitedPage>(context, new { Email = email, Url = url, Path = path })
            : SeeOther(context, path, new(Tone.Good, Frames.Of(context).T("people.invited.lede", email)));
    }

    static Func<string, string> Url(PublicAddress address) => secret => address.Url + InvitePages.Path + secret;
}
