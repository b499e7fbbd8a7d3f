using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine.Secrets;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Secrets;

public sealed class The_ring_of_keys_on_Sqlite() : The_ring_of_keys(Provider.Sqlite);

public sealed class The_ring_of_keys_on_Postgres() : The_ring_of_keys(Provider.Postgres);

public abstract class The_ring_of_keys(Provider provider) : DatabaseContract(provider)
{
    static readonly XElement Key = XElement.Parse("<key id=\"1\"><secret>c2VjcmV0</secret></key>");

    [Fact]
    public async Task Has_a_key_at_once_here_and_elsewhere_after_an_exchange()
    {
        using var here = Ring();
        using var there = Ring();
        here.StoreElement(Key, "key-1");
        Assert.Equal(Key.ToString(), Assert.Single(here.GetAllElements()).ToString());
        Assert.Empty(there.GetAllElements());

        await here.ExchangeAsync(None);
        await there.ExchangeAsync(None);

        Assert.Equal(Key.ToString(), Assert.Single(there.GetAllElements()).ToString());
        Assert.Equal(Key.ToString(), Assert.Single(here.GetAllElements()).ToString());
    }

    [Fact]
    public async Task Keeps_no_key_in_the_open()
    {
        using var ring = Ring();
        ring.StoreElement(Key, "key-1");
        await ring.ExchangeAsync(None);

        var box = Assert.Single(await BoxesAsync());

        Assert.DoesNotContain("secret", System.Text.Encoding.Latin1.GetString(box), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_a_key_that_the_master_key_does_not_open_as_none()
    {
        using var ring = Ring();
        ring.StoreElement(Key, "key-1");
        ring.StoreElement(Key, "key-2");
        await ring.ExchangeAsync(None);
        using var stranger = new KeyRing(
            Database, DataKeys.FromMaster(MasterKey.Parse(Convert.ToBase64String(new byte[32]))), Office.Clock);
        await stranger.ExchangeAsync(None);
        Assert.Empty(stranger.GetAllElements());

        // a box that was moved to another name, or altered
        await Database.WriteAsync(
            "meddle", session => session.ExecuteAsync("UPDATE protection_keys SET name = 'key-3' WHERE name = 'key-2'", _ => { }, None),
            None);
        using var fresh = Ring();
        await fresh.ExchangeAsync(None);

        Assert.Single(fresh.GetAllElements());
    }

    [Fact]
    public async Task Writes_a_key_later_when_the_database_was_away()
    {
        var failing = new FailingDatabase(Database);
        using var ring = new KeyRing(failing, Office.Master, Office.Clock);
        ring.StoreElement(Key, "key-1");
        failing.FailAt(1);
        await Assert.ThrowsAnyAsync<Exception>(() => ring.ExchangeAsync(None));
        Assert.Single(ring.GetAllElements());
        Assert.Empty(await BoxesAsync());

        await ring.ExchangeAsync(None);

        Assert.Single(await BoxesAsync());
        Assert.Single(ring.GetAllElements());
    }

    [Fact]
    public async Task Lets_one_node_open_what_another_protected()
    {
        using var here = Ring();
        await here.ExchangeAsync(None);
        var box = Protector(here).Protect("a form");
        await here.ExchangeAsync(None);
        using var there = Ring();
        await there.ExchangeAsync(None);

        Assert.Equal("a form", Protector(there).Unprotect(box));
        Assert.Single(await BoxesAsync());
    }

    [Fact]
    public async Task Changes_nothing_for_who_holds_an_element_of_it()
    {
        using var ring = Ring();
        ring.StoreElement(Key, "key-1");
        ring.GetAllElements().First().RemoveAll();
        await ring.ExchangeAsync(None);

        Assert.Equal(Key.ToString(), ring.GetAllElements().First().ToString());
    }

    KeyRing Ring() => new(Database, Office.Master, Office.Clock);

    static IDataProtector Protector(KeyRing ring)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("specs");
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = ring);
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("specs");
    }

    Task<List<byte[]>> BoxesAsync() =>
        Database.ReadAsync(session => session.QueryAsync("SELECT box FROM protection_keys", _ => { }, row => row.Bytes(0), None), None);
}
