using Waybill.Engine.Accounts;
using Waybill.Engine.Brands;
using Waybill.Engine.Composing;
using Waybill.Engine.Keys;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Start;
using Waybill.Screens.Parts;
using Waybill.Server.Admin.Access;
using Waybill.Server.Admin.Brands;
using Waybill.Server.Admin.Keys;
using Waybill.Server.Http;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Start;

/// <summary>The rest of the first run: where it stands, the test mail, the first key, its end.</summary>
internal sealed class StartDesk(
    FirstRun run, Tenants tenants, BrandBook brands, UnnamedBrand unnamed, BrandSender senders, DraftMails drafts, TestMails tests,
    ApiKeys keys, PublicAddress address)
{
    /// <summary>To the step that is next.</summary>
    public async Task<IResult> ResumeAsync(HttpContext context) =>
        Results.Redirect(StartSteps.Find(await run.FindAsync(context.RequestAborted)).Path());

    /// <summary>It is over, by its end or before.</summary>
    public async Task<IResult> EndAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        await run.SetAsync(form["how"] == FirstRun.Finished ? FirstRun.Finished : FirstRun.Dismissed, context.RequestAborted);
        return SeeOther(context, $"/admin/t/{Tenants.First}/messages");
    }

    /// <summary>The form of the test, to whoever looks at it.</summary>
    public static IResult ShowTest(HttpContext context) => TestPage(context, context.Visitor().Person.Email, []);

    /// <summary>Sends the test in the default brand.</summary>
    public async Task<IResult> SendTestAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var to = form["to"].ToString().Trim();
        if (!Mailbox.TryParse(to, out var recipient, out var problem))
            return TestPage(context, to, [new("to", context.Say("start.to.wrong", problem))]);
        var tenant = await tenants.EnsureAsync(Tenants.First, context.RequestAborted);
        var wish = new PreviewWish { Locale = Appearance.Of(context).Locale };
        var outcome = await drafts.WriteAsync(tenant.Id, BrandSample.Template, wish, recipient, context.RequestAborted) switch
        {
            Writing.Written(var message) => await tests.SendAsync(context, tenant.Id, message),
            Writing.Refused(_, var sentence) => new TestOutcome(IsGood: false, sentence, Dialogue: null, Message: null),
            var other => throw new System.Diagnostics.UnreachableException($"No outcome for {other.GetType().Name}."),
        };
        await context.NoteAsync("messages.test", to);
        if (outcome.IsGood) await run.SetAsync(StartStep.Key.Word(), CancellationToken.None);
        return TestPage(context, to, [], outcome);
    }

    /// <summary>The form of the first key; after it was sent the key, this once, with snippets that work as they stand.</summary>
    public async Task<IResult> ShowKeyAsync(HttpContext context)
    {
        if (FreshKey.Take(context) is not { } secret) return Page<StartKeyPage>(context, new { Name = context.Say("start.key.first") });
        var tenant = await tenants.EnsureAsync(Tenants.First, context.RequestAborted);
        var brand = await brands.FindAsync(tenant.Id, idOrAlias: null, context.RequestAborted) ?? unnamed.Of(tenant.Id);
        var sender = await senders.ForAsync(tenant.Id, brand, context.RequestAborted);
        return Page<StartKeyPage>(
            context, new { Secret = secret, address.Url, From = sender.From.Address.ToString(), To = context.Visitor().Person.Email });
    }

    /// <summary>Makes the key, and goes to where it is shown: going back and reloading make no other.</summary>
    public async Task<IResult> MakeKeyAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (name, scope) = (form["name"].ToString().Trim(), form["scope"] == "send" ? Scope.Send : Scope.Full);
        if (!ApiKeys.CanBeCalled(name))
        {
            IReadOnlyList<Fault> faults = [new("name", context.Say("start.key.name.wrong"))];
            return Page<StartKeyPage>(context, new { Name = name, Scope = form["scope"].ToString(), Faults = faults }, 422);
        }

        var tenant = await tenants.EnsureAsync(Tenants.First, context.RequestAborted);
        var made = await keys.CreateAsync(tenant.Id, name, [scope], context.RequestAborted);
        await KeyMakers.NoteAsync(context, tenant.Id, made.Key);
        FreshKey.Leave(context, made);
        return SeeOther(context, StartStep.Key.Path());
    }

    static IResult TestPage(HttpContext context, string to, IReadOnlyList<Fault> faults, TestOutcome? outcome = null) =>
        Page<StartTestPage>(
        context, new { To = to, Tenant = Tenants.First, Faults = faults, Outcome = outcome }, faults.Count > 0 ? 422 : 200);
}
