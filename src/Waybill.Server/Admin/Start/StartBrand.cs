using Waybill.Engine.Accounts;
using Waybill.Engine.Brands;
using Waybill.Engine.Composing;
using Waybill.Engine.Tenancy;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Brands;
using Waybill.Screens.Pages.Start;
using Waybill.Server.Admin.Brands;
using Waybill.Server.Api.Brands;
using static Waybill.Server.Admin.Pages;

namespace Waybill.Server.Admin.Start;

/// <summary>The step that gives the default brand a face.</summary>
internal sealed class StartBrand(BrandBook brands, UnnamedBrand unnamed, BrandSender senders, Tenants tenants, FirstRun run)
{
    /// <summary>The form.</summary>
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var tenant = await tenants.EnsureAsync(Tenants.First, context.RequestAborted);
        var brand = await brands.FindAsync(tenant.Id, idOrAlias: null, context.RequestAborted);
        return await PageAsync(context, tenant.Id, brand is null ? new BrandForm() : BrandForms.Of(brand), []);
    }

    /// <summary>Makes the default brand, or changes the one there is; what the form does not ask for stays.</summary>
    public async Task<IResult> SaveAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var tenant = await tenants.EnsureAsync(Tenants.First, context.RequestAborted);
        var brand = await brands.FindAsync(tenant.Id, idOrAlias: null, context.RequestAborted);
        var json = new FormBody(form).Texts("name", "sender_address", "support_email", "colour", "footer")
            .With("alias", brand?.Alias ?? BrandBook.DefaultAlias).Json();
        var faults = FormFaults.Of(context, PostedBrand.Faults(json), name => BrandForms.Label(context, name));
        if (faults.Count > 0) return await PageAsync(context, tenant.Id, BrandForms.Read(form), faults);
        var posted = PostedBrand.Read(json, isWhole: true).Brand!;
        var change = brand is null
            ? await brands.CreateAsync(tenant.Id, posted.Alias!, posted.Whole(), logo: null, posted.Relay, context.RequestAborted)
            : await brands.ChangeAsync(tenant.Id, brand.Id, expected: null, posted.Over, context.RequestAborted);
        if (change is not BrandChange.Done(var saved))
            return await PageAsync(context, tenant.Id, BrandForms.Read(form), [new Fault("", context.Say("brands.alias.taken"))]);
        if (!saved.IsDefault) await brands.MakeDefaultAsync(tenant.Id, saved.Id, CancellationToken.None);
        await context.NoteAsync(brand is null ? BrandActs.Create : BrandActs.Edit, saved.Alias);
        await run.SetAsync(StartStep.Test.Word(), CancellationToken.None);
        return SeeOther(context, StartStep.Test.Path());
    }

    async Task<IResult> PageAsync(HttpContext context, TenantId tenant, BrandForm typed, IReadOnlyList<Fault> faults)
    {
        var brand = await brands.FindAsync(tenant, idOrAlias: null, context.RequestAborted) ?? unnamed.Of(tenant);
        var withoutAddress = brand with { Identity = brand.Identity with { SenderAddress = null } };
        var sender = (await senders.ForAsync(tenant, withoutAddress, context.RequestAborted)).From.Address.ToString();
        return Page<StartBrandPage>(context, new { Typed = typed, Faults = faults, Sender = sender }, faults.Count > 0 ? 422 : 200);
    }
}
