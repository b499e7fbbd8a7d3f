using Waybill.Engine.Brands;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Brands;

public sealed class Keeping_brands_in_Sqlite() : Keeping_brands(Provider.Sqlite);

public sealed class Keeping_brands_in_Postgres() : Keeping_brands(Provider.Postgres);

public abstract class Keeping_brands(Provider provider) : DatabaseContract(provider)
{
    [Fact]
    public async Task One_of_a_tenant_speaks_where_none_is_named()
    {
        var (first, second) = (await MakeAsync("bright"), await MakeAsync("dark"));
        Assert.Null(await Office.Brands.FindAsync(Office.Tenant, null, None));
        await Office.Brands.MakeDefaultAsync(Office.Tenant, first.Id, None);
        await Office.Brands.MakeDefaultAsync(Office.Tenant, second.Id, None);

        Assert.Equal("dark", (await Office.Brands.FindAsync(Office.Tenant, null, None))?.Alias);
        Assert.Single(await Office.Brands.ListAsync(Office.Tenant, None), brand => brand.IsDefault);
        Assert.IsType<BrandChange.Missing>(await Office.Brands.MakeDefaultAsync(await Office.TenantAsync("another"), first.Id, None));
    }

    [Fact]
    public async Task Is_found_by_id_and_by_alias_within_its_tenant()
    {
        var made = await MakeAsync("bright");

        Assert.Equal(made.Id, (await Office.Brands.FindAsync(Office.Tenant, "bright", None))?.Id);
        Assert.Equal(made.Id, (await Office.Brands.FindAsync(Office.Tenant, made.Id.ToString(), None))?.Id);
        Assert.Null(await Office.Brands.FindAsync(await Office.TenantAsync("another"), made.Id.ToString(), None));
    }

    [Fact]
    public async Task A_change_makes_a_version_and_leaves_the_earlier_one_as_it_was()
    {
        var made = await MakeAsync("bright");
        var changed = Done(await RenameAsync(made, "Brighter", made.Version));

        Assert.Equal((2, "Brighter"), (changed.Version, changed.Identity.Name));
        Assert.Equal("Brighter", (await Office.Brands.FindAsync(Office.Tenant, "bright", None))?.Identity.Name);
        Assert.Equal("Bright", (await Office.Brands.FindVersionAsync(Office.Tenant, made.Id, 1, None))?.Identity.Name);
    }

    [Fact]
    public async Task Of_two_changes_from_the_same_version_the_second_is_told()
    {
        var made = await MakeAsync("bright");
        var changes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => RenameAsync(made, $"Name {i}", made.Version))));

        Assert.Single(changes.OfType<BrandChange.Done>());
        Assert.Equal(5, changes.OfType<BrandChange.Stale>().Count());
    }

    [Fact]
    public async Task An_alias_is_taken_once()
    {
        var made = await MakeAsync("bright");
        var other = await MakeAsync("dark");

        Assert.IsType<BrandChange.AliasTaken>(
            await Office.Brands.CreateAsync(Office.Tenant, "bright", new() { Name = "B" }, null, null, None));
        Assert.IsType<BrandChange.AliasTaken>(
            await Office.Brands.ChangeAsync(Office.Tenant, other.Id, null, brand => brand with { Alias = made.Alias }, None));
    }

    [Fact]
    public async Task A_removed_one_is_gone_but_for_its_versions()
    {
        var made = await MakeAsync("bright");
        await Office.Brands.RemoveAsync(Office.Tenant, made.Id, None);

        Assert.Null(await Office.Brands.FindAsync(Office.Tenant, "bright", None));
        Assert.Equal("Bright", (await Office.Brands.FindVersionAsync(Office.Tenant, made.Id, 1, None))?.Identity.Name);
        await MakeAsync("bright");
    }

    [Fact]
    public async Task The_default_one_cannot_be_removed()
    {
        var standard = await MakeAsync("bright");
        await Office.Brands.MakeDefaultAsync(Office.Tenant, standard.Id, None);

        Assert.IsType<BrandChange.IsDefault>(await Office.Brands.RemoveAsync(Office.Tenant, standard.Id, None));
    }

    [Fact]
    public async Task Another_tenant_changes_nothing_of_it()
    {
        var made = await MakeAsync("bright");
        var another = await Office.TenantAsync("another");

        Assert.IsType<BrandChange.Missing>(await Office.Brands.ChangeAsync(another, made.Id, null, brand => brand, None));
        Assert.IsType<BrandChange.Missing>(await Office.Brands.RemoveAsync(another, made.Id, None));
        Assert.Null(await Office.Brands.FindVersionAsync(another, made.Id, 1, None));
    }

    [Fact]
    public async Task Its_logo_outlives_the_sweep_of_what_nothing_refers_to()
    {
        var hash = await Office.Content.StoreAsync(new byte[100], None);
        await Office.Brands.CreateAsync(
            Office.Tenant, "bright", new() { Name = "Bright" }, new(hash, "image/png", 10, 10, 100), null, None);
        Office.Clock.Advance(TimeSpan.FromHours(2));
        await Office.Content.SweepAsync(Database, None);

        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM content"));
    }

    async Task<Brand> MakeAsync(string alias) =>
        Done(await Office.Brands.CreateAsync(Office.Tenant, alias, new() { Name = "Bright" }, logo: null, relay: null, None));

    Task<BrandChange> RenameAsync(Brand brand, string name, int? expected) => Office.Brands.ChangeAsync(
        Office.Tenant, brand.Id, expected, present => present with { Identity = present.Identity with { Name = name } }, None);

    static Brand Done(BrandChange change) => Assert.IsType<BrandChange.Done>(change).Brand;
}
