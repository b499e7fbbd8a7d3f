using System.Text;
using Waybill.Engine.Relays;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Tenancy;
using Xunit;

namespace Waybill.Engine.Specs.Relays;

public sealed class Keeping_relays_on_Sqlite() : Keeping_relays(Provider.Sqlite);

public sealed class Keeping_relays_on_Postgres() : Keeping_relays(Provider.Postgres);

public abstract class Keeping_relays(Provider provider) : DatabaseContract(provider)
{
    const string Secret = "correct horse battery";

    [Fact]
    public async Task Gives_back_what_was_kept_and_the_secret_only_to_be_used()
    {
        var settings = Shop.Settings() with
        {
            SenderDomains = ["example.com", "example.net"],
            Limits = new() { PerSecond = 0.5, Daily = 100, Monthly = 3000 },
            Sessions = 3,
        };
        var made = await CreateAsync(settings: settings);

        var found = (await Office.Relays.FindAsync(Office.Tenant, made.Id, None))!;

        Assert.Equal(Noon.Instant, found.SecretSetAt);
        Assert.Equal(settings.Route, found.Settings.Route);
        Assert.Equal(settings.Limits, found.Settings.Limits);
        Assert.Equal(settings.SenderDomains, found.Settings.SenderDomains);
        Assert.Equal(3, found.Settings.Sessions);
        Assert.Equal(Secret, (await Office.Relays.OpenAsync(made.Id, None))!.Value.Secret);
    }

    [Fact]
    public async Task Keeps_no_secret_in_clear_and_none_under_another_relay()
    {
        var (one, other) = (await CreateAsync("one"), await CreateAsync("other"));
        var boxes = await Database.ReadAsync(
            session => session.QueryAsync(
                "SELECT settings, secret FROM relays", _ => { }, row => row.Text(0) + Encoding.UTF8.GetString(row.Bytes(1)), None), None);
        Assert.All(boxes, box => Assert.DoesNotContain("horse", box, StringComparison.Ordinal));

        await Database.WriteAsync(
            "swap",
            session => session.ExecuteAsync(
                "UPDATE relays SET secret = (SELECT secret FROM relays o WHERE o.id = $1) WHERE id = $2", p => p.Id(one.Id).Id(other.Id),
                None),
            None);

        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() => Office.Relays.OpenAsync(other.Id, None));
    }

    [Fact]
    public async Task Changes_all_but_a_secret_that_is_left_out()
    {
        var made = await CreateAsync();
        Office.Clock.Advance(TimeSpan.FromMinutes(1));

        var changed = await ChangedAsync(made with { Name = "renamed", Settings = Shop.Settings("mx2.example") }, new SecretChange.Keep());

        Assert.Equal(
            ("renamed", 2, Noon.Instant, Noon.Instant.AddMinutes(1)),
            (changed.Name, changed.Version, changed.SecretSetAt!.Value, changed.UpdatedAt));
        var opened = (await Office.Relays.OpenAsync(made.Id, None))!.Value;
        Assert.Equal((Secret, changed), (opened.Secret, opened.Relay with { Settings = changed.Settings }));
        Assert.Equal("mx2.example", Assert.IsType<RelayRoute.Smtp>(opened.Relay.Settings.Route).Host);
    }

    [Fact]
    public async Task Replaces_a_secret_or_takes_it_away()
    {
        var made = await CreateAsync();

        var replaced = await ChangedAsync(made, new SecretChange.Set("another"));
        Assert.Equal("another", (await Office.Relays.OpenAsync(made.Id, None))!.Value.Secret);
        var cleared = await ChangedAsync(replaced, new SecretChange.Clear());

        Assert.Null(cleared.SecretSetAt);
        Assert.Null((await Office.Relays.OpenAsync(made.Id, None))!.Value.Secret);
    }

    [Fact]
    public async Task Refuses_the_second_of_two_edits_of_the_same_version()
    {
        var made = await CreateAsync();
        await ChangedAsync(made with { Name = "first" }, new SecretChange.Keep());

        Assert.IsType<RelayWrite.Outdated>(await Office.Relays.ChangeAsync(made with { Name = "second" }, new SecretChange.Keep(), None));
        Assert.Equal("first", (await Office.Relays.FindAsync(Office.Tenant, made.Id, None))!.Name);
    }

    [Fact]
    public async Task Has_a_name_once_in_a_tenant_and_again_once_it_is_free()
    {
        var (one, other) = (await CreateAsync("one"), await CreateAsync("other"));

        Assert.IsType<RelayWrite.NameTaken>(await Office.Relays.CreateAsync(Office.Tenant, "one", Shop.Settings(), Secret, None));
        Assert.IsType<RelayWrite.NameTaken>(await Office.Relays.ChangeAsync(other with { Name = "one" }, new SecretChange.Keep(), None));
        await CreateAsync("one", await Office.TenantAsync("another"));
        await Office.Relays.RemoveAsync(one, None);
        await CreateAsync("one");
    }

    [Fact]
    public async Task Shows_a_tenant_its_own_and_the_ones_of_the_instance()
    {
        var another = await Office.TenantAsync("another");
        var (own, foreign) = (await CreateAsync("own"), await CreateAsync("foreign", another));
        Office.Clock.Advance(TimeSpan.FromSeconds(1));
        var shared = ((RelayWrite.Done)await Office.Relays.CreateAsync(tenant: null, "shared", Shop.Settings(), Secret, None)).Relay;

        Assert.Equal([own.Id, shared.Id], (await Office.Relays.ListAsync(Office.Tenant, None)).Select(relay => relay.Id));
        Assert.Equal(3, (await Office.Relays.ListAsync(tenant: null, None)).Count);
        Assert.Null(await Office.Relays.FindAsync(Office.Tenant, foreign.Id, None));
        Assert.Null((await Office.Relays.FindAsync(another, shared.Id, None))!.Tenant);
    }

    [Fact]
    public async Task Erases_the_secret_of_one_that_is_removed()
    {
        var made = await CreateAsync();

        Assert.IsType<RelayWrite.Done>(await Office.Relays.RemoveAsync(made, None));

        Assert.IsType<RelayWrite.NotFound>(await Office.Relays.RemoveAsync(made, None));
        Assert.Null(await Office.Relays.FindAsync(Office.Tenant, made.Id, None));
        Assert.Null(await Office.Relays.OpenAsync(made.Id, None));
        Assert.Equal(0, await Office.NumberAsync("SELECT count(*) FROM relays WHERE secret IS NOT NULL OR secret_set_at IS NOT NULL"));
    }

    [Fact]
    public async Task Does_not_remove_one_that_brands_send_by_and_names_them()
    {
        var made = await CreateAsync();
        await BrandAsync("zoo", made.Id, removed: false);
        await BrandAsync("atelier", made.Id, removed: false);
        await BrandAsync("gone", made.Id, removed: true);

        var refused = Assert.IsType<RelayWrite.InUse>(await Office.Relays.RemoveAsync(made, None));

        Assert.Equal(["atelier", "zoo"], refused.Brands);
        Assert.NotNull(await Office.Relays.FindAsync(Office.Tenant, made.Id, None));
    }

    async Task<RelayRecord> CreateAsync(string name = "own", TenantId? tenant = null, RelaySettings? settings = null) =>
        Assert.IsType<RelayWrite.Done>(
            await Office.Relays.CreateAsync(tenant ?? Office.Tenant, name, settings ?? Shop.Settings(), Secret, None)).Relay;

    async Task<RelayRecord> ChangedAsync(RelayRecord relay, SecretChange secret) =>
        Assert.IsType<RelayWrite.Done>(await Office.Relays.ChangeAsync(relay, secret, None)).Relay;

    Task BrandAsync(string alias, Guid relay, bool removed) => Database.WriteAsync(
        "brand",
        session => session.ExecuteAsync(
            "INSERT INTO brands (id, tenant_id, alias, is_default, version, relay_id, created_at, removed_at) VALUES ($1, $2, $3, 0, 1, "
                + "$4, $5, $6)",
            p => p.Id(Guid.CreateVersion7()).Id(Office.Tenant.Value).Text(alias).Id(relay).Instant(Noon.Instant)
                .Instant(removed ? Noon.Instant : null),
            None),
        None);
}
