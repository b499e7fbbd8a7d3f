using Waybill.Engine.Accounts;
using Waybill.Engine.Brands;
using Waybill.Engine.Relays;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Start;
using Waybill.Server.Admin.Relays;
using Waybill.Server.Api.Relays;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Start;

/// <summary>The step that says how mail leaves. A relay that is made here becomes that of the default brand.</summary>
internal sealed class StartMail(
    RelayTable table, RelayDirectory directory, RelayFactory factory, RelayTester tester, Tenants tenants, BrandBook brands, FirstRun run,
    TimeProvider clock)
{
    /// <summary>The form.</summary>
    public IResult Show(HttpContext context) => PageOf(context, new StartMailForm(), []);

    /// <summary>Walks up to the relay as it was typed, and sends nothing.</summary>
    public async Task<IResult> TestAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var typed = Typed(context, form);
        var (stages, faults) = typed.Kind == "keep"
            ? (await WalkAsync(directory.Default, context), [])
            : await TestAsync(context, form, typed);
        if (!Fragments.IsAsked(context)) return PageOf(context, typed, faults, stages);
        return Page<StageLines>(
            context, new { Stages = stages, Problem = faults.Count > 0 ? string.Join(' ', faults.Select(fault => fault.Text)) : null });
    }

    /// <summary>Keeps the relay, and gives it to the default brand.</summary>
    public async Task<IResult> SaveAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var typed = Typed(context, form);
        if (typed.Kind == "keep") return await GoOnAsync(context, notice: null);
        var tenant = await tenants.EnsureAsync(Tenants.First, context.RequestAborted);
        var before = (await table.ListAsync(tenant.Id, context.RequestAborted))
            .Find(relay => relay.Tenant == tenant.Id && relay.Name == Name(typed));
        var (read, faults) = Read(context, form, typed, before);
        if (read is null) return PageOf(context, typed, faults);
        var write = before is null
            ? await table.CreateAsync(tenant.Id, read.Name, read.Settings, read.NewSecret, context.RequestAborted)
            : await table.ChangeAsync(before with { Settings = read.Settings }, read.Secret, context.RequestAborted);
        if (write is not RelayWrite.Done(var relay))
            return PageOf(context, typed, [new("", context.Say("start.relay.changed", read.Name))]);
        await GiveAsync(context, tenant.Id, relay);
        await context.NoteAsync(before is null ? "relays.create" : "relays.change", relay.Name);
        return await GoOnAsync(context, new(Tone.Good, context.Say("start.relay.made", relay.Name)));
    }

    async Task<IResult> GoOnAsync(HttpContext context, Notice? notice)
    {
        await run.SetAsync(StartStep.Brand.Word(), CancellationToken.None);
        return SeeOther(context, StartStep.Brand.Path(), notice);
    }

    /// <summary>Where there is no default brand yet, one is made with the relay's sender, to be given a face in the next step.</summary>
    async Task GiveAsync(HttpContext context, TenantId tenant, RelayRecord relay)
    {
        if (await brands.FindAsync(tenant, idOrAlias: null, context.RequestAborted) is { } brand)
        {
            await brands.ChangeAsync(
                tenant, brand.Id, expected: null, present => present with { Relay = relay.Id }, CancellationToken.None);
            return;
        }

        var sender = Mailbox.Parse(relay.Settings.From ?? directory.Default.From?.ToString() ?? "waybill@localhost");
        var identity = new BrandIdentity { Name = sender.DisplayName ?? sender.Address.Domain };
        if (await brands.CreateAsync(
            tenant, BrandBook.DefaultAlias, identity, logo: null, relay.Id, CancellationToken.None) is BrandChange.Done(var made))
            await brands.MakeDefaultAsync(tenant, made.Id, CancellationToken.None);
    }

    async Task<(IReadOnlyList<TestedStage>, IReadOnlyList<Fault>)> TestAsync(HttpContext context, IFormCollection form, StartMailForm typed)
    {
        var (read, faults) = Read(context, form, typed, before: null);
        if (read is null) return ([], faults);
        var now = clock.GetUtcNow();
        // It is the operator's own tenant: its relays may be on the operator's net.
        await using var relay = factory.Make(new RelayRecord(Guid.CreateVersion7(now), Tenant: null, read.Name, read.Settings, now,
            Version: 0, now, now), read.NewSecret, isOperators: true);
        return (await WalkAsync(relay, context), []);
    }

    Task<IReadOnlyList<TestedStage>> WalkAsync(Relay relay, HttpContext context) =>
        tester.TestAsync(
        relay.Transport, (relay.From ?? directory.Default.From ?? Mailbox.Parse("waybill@localhost")).Address, context.RequestAborted);

    static (RelayRead? Read, IReadOnlyList<Fault> Faults) Read(
        HttpContext context, IFormCollection form, StartMailForm typed, RelayRecord? before)
    {
        var body = new FormBody(form).With("name", Name(typed)).Texts("kind", "from");
        if (typed.Kind == "smtp") body = body.Texts("host", "security", "user").Numbers("port");
        if (RelayDrafts.Secret(context, form) is { } secret) body = body.With(typed.Kind == "smtp" ? "password" : "api_key", secret);
        var (read, faults) = RelayForm.ReadAll(body.Json(), before, mustHaveName: true);
        return (read, FormFaults.Of(
            context, faults.Where(fault => fault.Field != "name"), name => Label(context, name)));
    }

    static string? Label(HttpContext context, string name) => name switch
    {
        "host" or "port" or "security" or "user" or "password" or "from" or "kind" => context.Say($"start.{name}"),
        "api_key" => context.Say("start.api-key"),
        _ => null,
    };

    static string Name(StartMailForm typed) =>
        typed.Kind == "resend" ? "Resend" : typed.Host is { Length: > 0 and <= RelayTable.LongestName } host ? host : "SMTP";

    static StartMailForm Typed(HttpContext context, IFormCollection form) => new()
    {
        Kind = form["kind"].ToString() is "smtp" or "resend" ? form["kind"].ToString() : "keep",
        Host = form["host"].ToString().Trim(),
        Port = form["port"].ToString().Trim(),
        Security = form["security"].ToString(),
        User = form["user"].ToString().Trim(),
        SecretBox = RelayDrafts.Box(context, form),
        From = form["from"].ToString().Trim(),
    };

    IResult PageOf(HttpContext context, StartMailForm typed, IReadOnlyList<Fault> faults, IReadOnlyList<TestedStage>? stages = null) =>
        Page<StartMailPage>(
        context,
        new
        {
            Typed = typed,
            Faults = faults,
            Stages = stages ?? [],
            Present = directory.Default.Transport.Sentence,
            IsCaptured = directory.Default.Transport is CaptureTransport,
        },
        faults.Count > 0 ? 422 : 200);
}
