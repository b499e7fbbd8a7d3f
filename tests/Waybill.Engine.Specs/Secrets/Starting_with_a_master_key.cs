using Waybill.Engine.Audit;
using Waybill.Engine.Secrets;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Secrets;

public sealed class Starting_with_a_master_key_on_Sqlite() : Starting_with_a_master_key(Provider.Sqlite);

public sealed class Starting_with_a_master_key_on_Postgres() : Starting_with_a_master_key(Provider.Postgres);

/// <summary>A database opens with its own master key and no other; whoever comes with another, or with none, changes nothing.</summary>
public abstract class Starting_with_a_master_key(Provider provider) : IAsyncLifetime
{
    Vault vault = null!;

    static CancellationToken None => CancellationToken.None;

    public async ValueTask InitializeAsync() => vault = await Vault.CreateAsync(provider);

    public async ValueTask DisposeAsync() => await vault.DisposeAsync();

    [Fact]
    public async Task Makes_a_key_for_a_new_database_and_opens_with_it_again()
    {
        var box = (await vault.StartAsync()).Seal([1, 2, 3], "x");

        Assert.Equal(["master.key"], vault.FilesOf("here"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(vault.KeyFile));
        Assert.Equal([1, 2, 3], (await vault.StartAsync()).Open(box, "x"));
    }

    [Fact]
    public async Task Derives_the_same_after_each_start()
    {
        var first = (await vault.StartAsync()).Derive("links");

        Assert.Equal(first, (await vault.StartAsync()).Derive("links"));
    }

    [Fact]
    public async Task Refuses_another_key_and_names_its_file()
    {
        await vault.StartAsync();
        var other = vault.PlaceWith("other", MasterKey.New());

        var refused = await ShouldBeRefusedAsync(other);

        Assert.Contains($"'{vault.FileOf("other")}' is not the one of this database", refused, StringComparison.Ordinal);
        Assert.Contains("Secrets:KeyPath", refused, StringComparison.Ordinal);
        Assert.Equal(["master.key"], vault.FilesOf("other"));
    }

    [Fact]
    public async Task Refuses_to_go_on_without_its_key_and_makes_none()
    {
        await vault.StartAsync();
        File.Delete(vault.KeyFile);

        var refused = await ShouldBeRefusedAsync(vault.Place);

        Assert.Contains($"'{vault.KeyFile}' is missing", refused, StringComparison.Ordinal);
        Assert.Empty(vault.FilesOf("here"));
    }

    [Fact]
    public async Task Refuses_another_key_from_the_environment()
    {
        var right = MasterKey.New();
        await vault.StartAsync(MasterKeyPlace.InEnvironment(right));

        Assert.Contains(
            "WAYBILL_MASTER_KEY", await ShouldBeRefusedAsync(MasterKeyPlace.InEnvironment(MasterKey.New())), StringComparison.Ordinal);
        await vault.StartAsync(MasterKeyPlace.InEnvironment(right));
    }

    [Fact]
    public async Task Tells_of_a_file_that_is_no_key_before_it_writes_anything()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(vault.KeyFile)!);
        await File.WriteAllTextAsync(vault.KeyFile, "no key", None);

        Assert.Contains("openssl rand -base64 32", await ShouldBeRefusedAsync(vault.Place), StringComparison.Ordinal);
        Assert.IsType<KeyEvidence.Nothing>(await KeyEvidence.ReadAsync(vault.Database, None));
    }

    [Fact]
    public async Task Opens_what_an_earlier_version_sealed()
    {
        var before = await BeforeAsync();
        await vault.FillAsync(before);

        var after = await vault.StartAsync();

        await vault.ShouldOpenWithAsync(after);
        Assert.Equal(before.Derive("audit chain"), after.Derive("audit chain"));
        await vault.ShouldOpenWithAsync(await vault.StartAsync());
    }

    [Theory]
    [InlineData("another")]
    [InlineData("none")]
    public async Task Refuses_to_upgrade_a_database_of_another_key(string place)
    {
        await vault.FillAsync(await BeforeAsync());
        if (place == "another") vault.PlaceWith(place, MasterKey.New());

        await ShouldBeRefusedAsync(vault.PlaceOf(place));

        Assert.True(await PostOffice.NumberAsync(vault.Database, "SELECT max(number) FROM schema_version") < 16);
        Assert.Equal(place == "another" ? ["master.key"] : [], vault.FilesOf(place));
    }

    [Fact]
    public async Task Takes_the_audit_for_evidence_where_nothing_is_sealed()
    {
        await new AuditTrail(vault.Database, await BeforeAsync(), vault.Clock).NoteAsync(
            Actor.CommandLine, null, "spec", "1", isDone: true, None);

        await ShouldBeRefusedAsync(vault.PlaceWith("another", MasterKey.New()));

        Assert.True((await new AuditCheck(vault.Database, await vault.StartAsync()).VerifyAsync(None)).Holds);
    }

    /// <summary>Earlier versions went on with a new key by themselves: such a database has secrets that nothing opens any more.</summary>
    [Fact]
    public async Task Upgrades_a_database_some_of_whose_keys_were_lost_long_ago()
    {
        var lost = DataKeys.FromMaster(MasterKey.New());
        await BeforeAsync();
        await vault.AddRelayAsync(lost, "of long ago");
        vault.Clock.Advance(TimeSpan.FromDays(1));
        await vault.AddRelayAsync(DataKeys.FromMaster(vault.Place.Read()!), "of today");

        await vault.StartAsync();
    }

    [Fact]
    public async Task Makes_a_key_for_an_earlier_database_in_which_nothing_was_sealed()
    {
        await vault.MigrateToBeforeAsync();

        await vault.StartAsync();

        Assert.Equal(["master.key"], vault.FilesOf("here"));
    }

    [Fact]
    public async Task Finds_the_key_of_a_first_start_that_ended_before_the_key_had_its_name()
    {
        var box = (await vault.StartAsync()).Seal([1], "x");
        File.Move(vault.KeyFile, vault.KeyFile + ".0a1b2c3d.new");

        Assert.Equal([1], (await vault.StartAsync()).Open(box, "x"));
        Assert.Equal(["master.key"], vault.FilesOf("here"));
    }

    [Fact]
    public async Task Takes_the_key_of_a_first_start_that_ended_before_the_database_took_it()
    {
        vault.Place.Make();

        await vault.StartAsync();

        Assert.Equal(["master.key"], vault.FilesOf("here"));
    }

    [Fact]
    public async Task Lets_one_of_two_first_nodes_with_keys_of_their_own_begin()
    {
        var starts = await BothAsync("one", "two");

        var refused = Assert.IsType<WrongMasterKeyException>(Assert.Single(starts, start => start.Refusal is not null).Refusal);
        Assert.Contains("Nothing was changed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, vault.FilesOf("one").Length + vault.FilesOf("two").Length);
    }

    [Fact]
    public async Task Lets_two_first_nodes_with_one_folder_begin_together()
    {
        var starts = await BothAsync("here", "here");

        Assert.All(starts, start => Assert.Null(start.Refusal));
        Assert.Equal([1], starts[1].Keys!.Open(starts[0].Keys!.Seal([1], "x"), "x"));
        Assert.Equal(["master.key"], vault.FilesOf("here"));
    }

    async Task<(DataKeys? Keys, Exception? Refusal)[]> BothAsync(string one, string other)
    {
        Unlocking[] nodes = [vault.Unlocking(vault.PlaceOf(one)), vault.Unlocking(vault.PlaceOf(other))];
        foreach (var node in nodes) await node.CheckAsync(None);
        await FreshDatabase.MigrateAsync(vault.Database);
        return await Task.WhenAll(nodes.Select(node => Task.Run<(DataKeys?, Exception?)>(async () =>
        {
            try
            {
                return (await node.OpenAsync(None), null);
            }
            catch (WrongMasterKeyException refused)
            {
                return (null, refused);
            }
        })));
    }

    /// <summary>A database of an earlier version and its key.</summary>
    async Task<DataKeys> BeforeAsync()
    {
        await vault.MigrateToBeforeAsync();
        return DataKeys.FromMaster(vault.PlaceWith("here", MasterKey.New()).Read()!);
    }

    async Task<string> ShouldBeRefusedAsync(MasterKeyPlace place) =>
        (await Assert.ThrowsAsync<WrongMasterKeyException>(() => vault.StartAsync(place))).Message;
}
