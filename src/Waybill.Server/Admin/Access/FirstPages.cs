using Waybill.Engine.Accounts;
using Waybill.Engine.SigningIn;
using Waybill.Screens.Pages.Access;

namespace Waybill.Server.Admin.Access;

/// <summary>The link that the console prints as long as nobody owns the instance: it makes the owner.</summary>
internal static class FirstPages
{
    /// <summary>What the console prints behind the public address.</summary>
    public const string Path = "/admin/first/";

    public static void MapFirst(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path + "{token}", ShowAsync).ForEverybody();
        routes.MapPost(Path + "{token}", MakeAsync).ForEverybody().RequireRateLimiting(EntryLimits.Entering);
    }

    static async Task<IResult> ShowAsync(string token, HttpContext context, People people, Links links)
    {
        if (await links.FindAsync(LinkKind.First, token, context.RequestAborted) is null
            || await people.HasOwnerAsync(context.RequestAborted))
            return Gone(context);
        return Page(new NewPerson("", "", Appearance.Of(context).Locale, ""), context, []);
    }

    static async Task<IResult> MakeAsync(string token, HttpContext context, People people, Links links, SignIn signIn)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var person =
            new NewPerson(form["email"].ToString(), form["name"].ToString(), form["language"].ToString(), form["password"].ToString());
        if (await links.FindAsync(LinkKind.First, token, context.RequestAborted) is not { } link) return Gone(context);
        if (await people.MakeFirstOwnerAsync(
            link, person, context.Machine().Address, context.RequestAborted) is AccountChange.Refused(var faults))
            return faults.Any(fault => fault.Field.Length == 0) ? Gone(context) : Page(person, context, faults);
        var entered = await signIn.TryPasswordAsync(person.Email, person.Password, context.Machine(), context.RequestAborted);
        return SignInPages.Admit(context, entered, "/admin") ?? new SeeOther("/admin/sign-in");
    }

    static IResult Page(NewPerson person, HttpContext context, IReadOnlyList<AccountFault> faults) => Pages.Page<FirstPage>(
        context, new { person.Email, person.Name, person.Language, Faults = faults }, faults.Count > 0 ? 422 : 200);

    static IResult Gone(HttpContext context) => Refusals.Page(context, "first", 404);
}
