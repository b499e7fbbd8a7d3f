using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.People;
using Waybill.Server.Admin.Access;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Joining;

/// <summary>Who may come into a tenant or the whole instance: the same pages for both.</summary>
internal static class PeoplePages
{
    /// <summary>Maps them below <c>/admin/t/{tenant}</c> or <c>/admin/instance</c>.</summary>
    public static void MapPeople(this RouteGroupBuilder place)
    {
        place.MapGet("/people", (Delegate)FirstAsync).For(Permit.People);
        place.MapGet("/people/{person}", ShowAsync).For(Permit.People);
        place.MapPost("/people/{person}/role", ChangeRoleAsync).For(Permit.People);
        place.MapPost("/people/{person}/remove", RemoveAsync).For(Permit.People);
        place.MapInvitations();
    }

    /// <summary>The list, with what was typed into the form below it and what is wrong with it.</summary>
    public static async Task<IResult> ListAsync(
        HttpContext context, string email, string name, string role, IReadOnlyList<AccountFault> faults)
    {
        var place = PeopleScope.Of(context);
        var services = context.RequestServices;
        return Page<PeoplePage>(
            context,
            new
            {
                Place = place.Name,
                place.IsInstance,
                Path = place.Path + "/people",
                Self = context.Visitor().Person.Id,
                Members = await services.GetRequiredService<Members>().ListAsync(place.Id, context.RequestAborted),
                Invitations = await services.GetRequiredService<Invitations>().ListAsync(place.Id, context.RequestAborted),
                Email = email,
                Name = name,
                Role = role,
                Faults = faults,
            },
            faults.Count > 0 ? 422 : 200);
    }

    static Task<IResult> FirstAsync(HttpContext context) => ListAsync(context, "", "", Role.Developer.Word(), []);

    static async Task<IResult> ShowAsync(string person, HttpContext context, Members members) =>
        await FindAsync(person, context, members) is { } member ? Show(context, member, null, []) : Refusals.NoSuchPage(context);

    static async Task<IResult> ChangeRoleAsync(string person, HttpContext context, Members members)
    {
        if (await FindAsync(person, context, members) is not { } member) return Refusals.NoSuchPage(context);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var typed = form["role"].ToString();
        if (Roles.Find(typed) is not { } role) return Show(context, member, typed, [new("role", AccountFault.RoleWrong)]);
        var change =
            await members.ChangeRoleAsync(context.Actor(), PeopleScope.Of(context).Id, member.Person.Id, role, context.RequestAborted);
        if (change is AccountChange.Refused(var faults)) return Show(context, member, typed, faults);
        var frame = Frames.Of(context);
        return Back(context, member, frame.T("people.role.done", member.Person.Email, frame.T($"role.{typed}")));
    }

    static async Task<IResult> RemoveAsync(string person, HttpContext context, Members members)
    {
        if (await FindAsync(person, context, members) is not { } member) return Refusals.NoSuchPage(context);
        return await members.RemoveAsync(
            context.Actor(), PeopleScope.Of(context).Id, member.Person.Id, context.RequestAborted) is AccountChange.Refused(var faults)
            ? Show(context, member, null, faults)
            : Back(context, member, Frames.Of(context).T("people.removed", member.Person.Email));
    }

    /// <summary>Who changed themselves may not see the list any more.</summary>
    static IResult Back(HttpContext context, Member member, string sentence) => SeeOther(
        context, member.Person.Id == context.Visitor().Person.Id
        ? "/admin"
        : PeopleScope.Of(context).Path + "/people", new Notice(Tone.Good, sentence));

    static IResult Show(HttpContext context, Member member, string? role, IReadOnlyList<AccountFault> faults) => Page<MemberPage>(
        context,
        new
        {
            Place = PeopleScope.Of(context).Name,
            Path = PeopleScope.Of(context).Path + "/people",
            Member = member,
            PeopleScope.Of(context).IsInstance,
            IsSelf = member.Person.Id == context.Visitor().Person.Id,
            Role = role,
            Faults = faults,
        },
        faults.Count > 0 ? 422 : 200);

    static async Task<Member?> FindAsync(string person, HttpContext context, Members members) => PersonId.TryParse(person, null, out var id)
        ? (await members.ListAsync(PeopleScope.Of(context).Id, context.RequestAborted)).Find(member => member.Person.Id == id)
        : null;
}
