using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Relays;
using Waybill.Engine.Secrets;
using Waybill.Engine.Specs.Databases;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Secrets;

public sealed class Rotating_the_master_key_on_Sqlite() : Rotating_the_master_key(Provider.Sqlite);

public sealed class Rotating_the_master_key_on_Postgres() : Rotating_the_master_key(Provider.Postgres);

public abstract class Rotating_the_master_key(Provider provider) : IAsyncLifetime
{
    Vault vault = null!;
    DataKeys keys = null!;

    static CancellationToken None => CancellationToken.None;

    public async ValueTask InitializeAsync()
    {
        vault = await Vault.CreateAsync(provider);
        keys = await vault.StartAsync();
    }

    public async ValueTask DisposeAsync() => await vault.DisposeAsync();

    [Fact]
    public async Task Leaves_every_secret_readable_here_and_after_a_start()
    {
        await vault.FillAsync(keys);

        var done = await RotateAsync();

        Assert.Equal((5, 0, vault.KeyFile), (done.SealedAnew, done.Locked, done.File));
        await vault.ShouldOpenWithAsync(keys);
        await vault.ShouldOpenWithAsync(await vault.StartAsync());
        Assert.Equal(Convert.ToHexString(keys.Held[0].Id), Assert.Single(await vault.SealedByAsync()));
    }

    [Fact]
    public async Task Takes_the_old_master_key_out_of_its_file_and_leaves_the_file_its_mode()
    {
        var old = vault.Place.Read()!;
        File.SetUnixFileMode(vault.KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        await RotateAsync();

        var fresh = Assert.Single(vault.Place.Read()!.Keys);
        Assert.False(old.Has(fresh.Id));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(vault.KeyFile));
        Assert.Equal(["master.key", "rotation.lock"], vault.FilesOf("here"));
        Assert.All(await vault.KeysAsync(), row => Assert.Null(row.Open(old)));
        await Assert.ThrowsAsync<WrongMasterKeyException>(() => vault.StartAsync(vault.PlaceWith("old", old)));
    }

    [Fact]
    public async Task Seals_from_then_on_so_that_nothing_from_before_opens_it()
    {
        await vault.FillAsync(keys);
        var (master, rows) = (vault.Place.Read()!, await vault.KeysAsync());

        await RotateAsync();

        var backup = Unlocking.Open(rows, master)!;
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => backup.Open(keys.Seal([1], "x"), "x"));
        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() => vault.ShouldOpenWithAsync(backup));
    }

    [Fact]
    public async Task Opens_what_a_version_before_data_keys_had_sealed_and_needs_its_key_no_more()
    {
        await using var older = await Vault.CreateAsync(provider);
        await older.MigrateToBeforeAsync();
        var master = older.PlaceWith("here", MasterKey.New()).Read()!;
        await older.FillAsync(DataKeys.FromMaster(master));
        var upgraded = await older.StartAsync();

        Assert.IsType<Rotation.Done>(await older.Rotation(upgraded).RunAsync(None));

        Assert.False(older.Place.Read()!.Has(master.Newest.Id));
        await older.ShouldOpenWithAsync(await older.StartAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => older.ShouldOpenWithAsync(DataKeys.FromMaster(master)));
    }

    [Fact]
    public async Task Keeps_the_audit_whole_and_tells_what_is_done_to_rows_before_and_after()
    {
        var trail = new AuditTrail(vault.Database, keys, vault.Clock);
        for (var i = 0; i < 3; i++) await trail.NoteAsync(Actor.CommandLine, null, "spec", $"{i}", isDone: true, None);
        await RotateAsync();
        var restarted = await vault.StartAsync();
        trail = new(vault.Database, restarted, vault.Clock);
        for (var i = 3; i < 6; i++) await trail.NoteAsync(Actor.CommandLine, null, "spec", $"{i}", isDone: true, None);
        var check = new AuditCheck(vault.Database, restarted);
        Assert.True((await check.VerifyAsync(None)).Holds);

        await vault.WriteAsync("UPDATE audit SET what = 'forged' WHERE number IN (2, 5)");

        Assert.Equal([2, 5], (await check.VerifyAsync(None)).Breaks.OfType<AuditBreak.Altered>().Select(found => found.Number!.Value));
    }

    [Fact]
    public async Task Leaves_links_in_mails_that_were_sent_as_they_are()
    {
        var link = new Engine.Suppression.UnsubscribeLinks(keys, publicUrl: null).Token(
            new(Guid.CreateVersion7()), "news", "ada@example.org");

        await RotateAsync();

        Assert.NotNull(new Engine.Suppression.UnsubscribeLinks(await vault.StartAsync(), publicUrl: null).Open(link));
    }

    [Fact]
    public async Task Goes_on_while_others_seal_and_open()
    {
        await vault.FillAsync(keys);
        using var over = new CancellationTokenSource();
        var relays = new RelayTable(vault.Database, keys, vault.Clock);
        var others = Enumerable.Range(0, 4).Select(n => Task.Run(async () =>
        {
            for (var i = 0; !over.IsCancellationRequested || i < 20; i++)
            {
                var made = await vault.AddRelayAsync(keys, $"relay {n} {i}");
                Assert.Equal("relay", (await relays.OpenAsync(made, None))!.Value.Secret);
            }
        })).ToArray();

        for (var i = 0; i < 3; i++) await RotateAsync();
        await over.CancelAsync();
        await Task.WhenAll(others);
        await RotateAsync();

        await vault.ShouldOpenWithAsync(await vault.StartAsync());
        Assert.Single(await vault.SealedByAsync());
    }

    /// <summary>Wherever the process dies, all opens at the next start, and the rotation that is asked for again goes on.</summary>
    [Fact]
    public async Task Goes_on_from_wherever_it_was_broken_off()
    {
        await vault.FillAsync(keys);
        var failing = new FailingDatabase(vault.Database) { CountsReads = true };
        var broken = 0;
        while (broken < 100 && await IsBrokenOffAsync(failing, at: broken + 1))
        {
            broken++;
            await vault.ShouldOpenWithAsync(await vault.StartAsync()); // as after a kill
            await RotateAsync(await vault.StartAsync());

            await vault.ShouldOpenWithAsync(await vault.StartAsync());
            await ForgetAsync(TimeSpan.FromDays(2)); // or each round has a data key more to write
            Assert.Single(vault.Place.Read()!.Keys);
            Assert.Single(await vault.SealedByAsync());
        }

        Assert.InRange(broken, 20, 99);
    }

    async Task<bool> IsBrokenOffAsync(FailingDatabase failing, int at)
    {
        var held = await vault.StartAsync();
        failing.FailAt(at);
        try
        {
            return await vault.Rotation(held, database: failing).RunAsync(None) is not Rotation.Done;
        }
        catch (IOException)
        {
            return true;
        }
        finally
        {
            failing.FailAt(int.MaxValue);
        }
    }

    [Fact]
    public async Task Makes_no_third_key_when_it_is_asked_for_again_before_it_was_done()
    {
        await vault.FillAsync(keys);
        var failing = new FailingDatabase(vault.Database);
        failing.FailAt(1);
        await Assert.ThrowsAsync<IOException>(() => vault.Rotation(keys, database: failing).RunAsync(None));
        var begun = vault.Place.Read()!;
        Assert.Equal(2, begun.Keys.Count);

        await RotateAsync();

        Assert.Equal(begun.Newest.Id, Assert.Single(vault.Place.Read()!.Keys).Id);
    }

    [Fact]
    public async Task Waits_for_a_node_that_has_not_the_new_key()
    {
        var there = vault.PlaceWith("there", vault.Place.Read()!);
        var (node, keeper) = await NodeAsync(there);

        var waiting = Assert.IsType<Rotation.Waiting>(await WithAsync(keeper, vault.Rotation(keys, patience: TimeSpan.FromSeconds(1))));
        Assert.Single(waiting.Nodes);
        Assert.Equal([1], node.Open(keys.Seal([1], "x"), "x"));

        File.Copy(vault.KeyFile, vault.FileOf("there"), overwrite: true);
        Assert.IsType<Rotation.Done>(await WithAsync(keeper, vault.Rotation(keys, patience: TimeSpan.FromSeconds(1))));
        Assert.Equal([1], node.Open(keys.Seal([1], "x"), "x"));
        Assert.Equal([1], keys.Open(node.Seal([1], "x"), "x"));
        Assert.Equal(keys.Held[0].Id, node.Held[0].Id);
        await vault.StartAsync(there);
    }

    [Fact]
    public async Task Is_refused_where_another_one_is_under_way_with_a_key_that_is_not_here()
    {
        var there = vault.PlaceWith("there", vault.Place.Read()!);
        var (_, keeper) = await NodeAsync(there);
        await WithAsync(keeper, vault.Rotation(keys, patience: TimeSpan.FromSeconds(1)));
        var before = await File.ReadAllTextAsync(vault.FileOf("there"), None);

        Assert.IsType<Rotation.Refused>(await vault.Rotation(await vault.StartAsync(there), there).RunAsync(None));

        Assert.Equal(before, await File.ReadAllTextAsync(vault.FileOf("there"), None));
    }

    [Fact]
    public async Task Of_a_key_in_the_environment_is_left_to_the_operator()
    {
        await using var other = await Vault.CreateAsync(provider);
        var old = MasterKey.New();
        var place = MasterKeyPlace.InEnvironment(old);
        var held = await other.StartAsync(place);
        await other.FillAsync(held);
        Assert.Contains(
            "openssl rand", Assert.IsType<Rotation.Refused>(await other.Rotation(held, place).RunAsync(None)).Sentence,
            StringComparison.Ordinal);

        var both = old.Renewed();
        place = MasterKeyPlace.InEnvironment(both);
        Assert.IsType<Rotation.Done>(await other.Rotation(await other.StartAsync(place), place).RunAsync(None));

        await other.ShouldOpenWithAsync(await other.StartAsync(MasterKeyPlace.InEnvironment(both.Alone())));
        await Assert.ThrowsAsync<WrongMasterKeyException>(() => other.StartAsync(MasterKeyPlace.InEnvironment(old)));
    }

    [Fact]
    public async Task Leaves_what_no_key_opens_and_counts_it()
    {
        await vault.AddRelayAsync(DataKeys.FromMaster(MasterKey.New()), "of a key that was lost");
        await vault.AddRelayAsync(keys, "ours");

        var done = await RotateAsync();

        Assert.Equal((1, 1), (done.SealedAnew, done.Locked));
    }

    [Fact]
    public async Task Forgets_an_old_data_key_a_day_later_when_nothing_is_left_of_it()
    {
        var (unused, used) = (keys.Held[0].Id, default(byte[]));
        await RotateAsync();
        used = keys.Held[0].Id;
        await vault.FillAsync(keys);
        await RotateAsync();
        await vault.WriteAsync("UPDATE relays SET secret = $1", p => p.Bytes([.. used, 1, 2, 3])); // a node that was asleep wrote it late

        await ForgetAsync(TimeSpan.FromHours(23));
        Assert.Equal(3, (await vault.KeysAsync()).Count(row => row.Purpose == DataKeyRow.Seals));
        await ForgetAsync(TimeSpan.FromHours(2));

        var left = (await vault.KeysAsync()).Where(row => row.Purpose == DataKeyRow.Seals).Select(row => row.Id).ToArray();
        Assert.DoesNotContain(unused, left);
        Assert.Contains(used, left);
    }

    [Fact]
    public async Task Keeps_who_read_an_account_before_from_writing_the_old_secret_back()
    {
        await vault.FillAsync(keys);
        using var store = new AccountStore(vault.Database, keys, vault.Clock, NullLogger.Instance);
        var read = (await store.FindByNameAsync("x", None))!;

        await RotateAsync();

        Assert.False((await store.UpdateAsync(read, None)).Succeeded);
    }

    async Task<Rotation.Done> RotateAsync(DataKeys? held = null) =>
        Assert.IsType<Rotation.Done>(await vault.Rotation(held ?? keys).RunAsync(None));

    async Task<(DataKeys Keys, DataKeysKeeper Keeper)> NodeAsync(MasterKeyPlace place)
    {
        var held = await vault.StartAsync(place);
        return (held, new(vault.Database, place, held, vault.Clock));
    }

    /// <summary>The other node asks for keys now and then, while the rotation waits for it.</summary>
    async Task<Rotation> WithAsync(DataKeysKeeper other, MasterKeyRotation rotation)
    {
        var running = rotation.RunAsync(None);
        await Eventually.IsTrueAsync("the rotation to end", async () =>
        {
            await other.RefreshAsync(None);
            vault.Clock.Advance(TimeSpan.FromSeconds(1));
            return running.IsCompleted;
        });
        return await running;
    }

    async Task ForgetAsync(TimeSpan later)
    {
        vault.Clock.Advance(later);
        await DataKeyRows.ForgetUnusedAsync(vault.Database, vault.Clock.GetUtcNow(), None);
    }
}
