using System.Text;
using Waybill.Engine.Keys;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Keys;

public sealed class Finding_a_key_on_Sqlite() : Finding_a_key(Provider.Sqlite);

public sealed class Finding_a_key_on_Postgres() : Finding_a_key(Provider.Postgres);

public abstract class Finding_a_key(Provider provider) : DatabaseContract(provider)
{
    ApiKeys Keys => field ??= new(Database, Office.Clock);

    [Fact]
    public async Task Needs_the_whole_secret()
    {
        var made = await Keys.CreateAsync(Office.Tenant, "shop", [Scope.Send], None);

        Assert.Equal(made.Key.Id, (await Keys.FindAsync(made.Secret, None))!.Id);
        Assert.Null(await Keys.FindAsync(made.Secret[..^1], None));
        Assert.Null(await Keys.FindAsync(made.Secret + "x", None));
        Assert.Null(await Keys.FindAsync(made.Secret.ToUpperInvariant(), None));
        Assert.Null(await Keys.FindAsync(Convert.ToHexString(ApiKeySecret.Hash(made.Secret)), None));
    }

    [Fact]
    public async Task Works_though_only_its_hash_is_kept()
    {
        var made = await Keys.CreateAsync(Office.Tenant, "shop", [Scope.Send], None);

        var rows = await Database.ReadAsync(
            session => session.QueryAsync(
                "SELECT name, hash, scopes FROM api_keys", _ => { }, row => (Name: row.Text(0), Hash: row.Bytes(1), Scopes: row.Text(2)),
                None),
            None);

        var kept = Assert.Single(rows);
        Assert.Equal(ApiKeySecret.Hash(made.Secret), kept.Hash);
        Assert.DoesNotContain(made.Secret[3..], kept.Name + kept.Scopes + Encoding.Latin1.GetString(kept.Hash), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Scope.Full, true, true, true)]
    [InlineData(Scope.Send, true, false, false)]
    [InlineData(Scope.Read, false, true, false)]
    [InlineData(Scope.Send + " " + Scope.Keys, true, false, true)]
    public async Task Tells_what_it_may_do(string scopes, bool send, bool read, bool keys)
    {
        var made = await Keys.CreateAsync(Office.Tenant, "shop", scopes.Split(' '), None);

        var found = (await new ApiKeys(Database, Office.Clock).FindAsync(made.Secret, None))!;

        Assert.Equal((send, read, keys), (found.Has(Scope.Send), found.Has(Scope.Read), found.Has(Scope.Keys)));
    }

    [Fact]
    public async Task Fails_at_once_after_it_was_revoked()
    {
        var made = await Keys.CreateAsync(Office.Tenant, "shop", [Scope.Full], None);
        await Keys.FindAsync(made.Secret, None);

        Assert.True(await Keys.RevokeAsync(Office.Tenant, made.Key.Id, None));

        Assert.Null(await Keys.FindAsync(made.Secret, None));
        Assert.Empty(await Keys.ListAsync(Office.Tenant, None));
        Assert.False(await Keys.RevokeAsync(Office.Tenant, made.Key.Id, None));
    }

    [Fact]
    public async Task Fails_at_once_also_when_it_was_looked_up_while_it_was_revoked()
    {
        var trouble = new TroubledDatabase(Database);
        var keys = new ApiKeys(trouble, Office.Clock);
        var made = await keys.CreateAsync(Office.Tenant, "shop", [Scope.Full], None);
        trouble.AfterRead = () => keys.RevokeAsync(Office.Tenant, made.Key.Id, None);

        await keys.FindAsync(made.Secret, None);
        trouble.AfterRead = () => Task.CompletedTask;

        Assert.Null(await keys.FindAsync(made.Secret, None));
    }

    [Fact]
    public async Task Fails_within_five_seconds_on_another_node()
    {
        var node = new ApiKeys(Database, Office.Clock);
        var made = await Keys.CreateAsync(Office.Tenant, "shop", [Scope.Full], None);
        await node.FindAsync(made.Secret, None);
        await Keys.RevokeAsync(made.Key.Id, None);

        Office.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Null(await node.FindAsync(made.Secret, None));
    }

    [Fact]
    public async Task Of_another_tenant_can_neither_be_revoked_nor_renamed()
    {
        var other = await Office.TenantAsync("other");
        var made = await Keys.CreateAsync(Office.Tenant, "shop", [Scope.Full], None);

        Assert.False(await Keys.RevokeAsync(other, made.Key.Id, None));
        Assert.False(await Keys.RenameAsync(other, made.Key.Id, "mine", None));

        Assert.Equal("shop", (await Keys.FindAsync(made.Secret, None))!.Name);
        Assert.Empty(await Keys.ListAsync(other, None));
    }

    [Fact]
    public async Task That_the_operator_chose_is_made_once()
    {
        const string chosen = "wb_0123456789abcdef0123";
        await Keys.SeedAsync(Office.Tenant, chosen, None);
        await new ApiKeys(Database, Office.Clock).SeedAsync(Office.Tenant, chosen, None);

        Assert.Single(await Keys.ListAsync(Office.Tenant, None));
        Assert.NotNull(await Keys.FindAsync(chosen, None));
    }

    [Fact]
    public async Task Notes_its_use_at_most_once_a_minute()
    {
        var made = await Keys.CreateAsync(Office.Tenant, "shop", [Scope.Full], None);
        await Keys.NoteUseAsync((await Keys.FindAsync(made.Secret, None))!, None);
        Office.Clock.Advance(TimeSpan.FromSeconds(59));
        await Keys.NoteUseAsync((await Keys.FindAsync(made.Secret, None))!, None);
        Assert.Equal(Noon.Instant, Assert.Single(await Keys.ListAsync(Office.Tenant, None)).LastUsedAt);

        Office.Clock.Advance(TimeSpan.FromSeconds(1));
        await Keys.NoteUseAsync((await Keys.FindAsync(made.Secret, None))!, None);

        Assert.Equal(Noon.Instant.AddMinutes(1), Assert.Single(await Keys.ListAsync(Office.Tenant, None)).LastUsedAt);
    }
}
