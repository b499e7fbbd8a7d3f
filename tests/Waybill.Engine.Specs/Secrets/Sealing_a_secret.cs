using System.Security.Cryptography;
using System.Text;
using Waybill.Engine.Secrets;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Secrets;

public sealed class Sealing_a_secret : IDisposable
{
    static readonly byte[] Secret = Encoding.UTF8.GetBytes("hunter2");

    readonly TemporaryFolder folder = new();

    string KeyFile => Path.Combine(folder.Path, "keys", "master.key");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Opens_in_its_place_and_nowhere_else()
    {
        var key = MasterKey.Parse(Line());
        var box = key.Seal(Secret, "relay/1/password");

        Assert.Equal(Secret, key.Open(box, "relay/1/password"));
        Assert.ThrowsAny<CryptographicException>(() => key.Open(box, "relay/2/password"));
        Assert.ThrowsAny<CryptographicException>(() => MasterKey.Parse(Line()).Open(box, "relay/1/password"));
    }

    [Fact]
    public void Looks_different_each_time_and_never_shows_the_secret()
    {
        var key = MasterKey.Parse(Line());

        Assert.NotEqual(key.Seal(Secret, "x"), key.Seal(Secret, "x"));
        Assert.DoesNotContain("hunter2", Encoding.Latin1.GetString(key.Seal(Secret, "x")), StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_any_change_to_the_box()
    {
        var key = MasterKey.Parse(Line());
        var box = key.Seal(Secret, "x");

        for (var i = 0; i < box.Length; i++)
        {
            var altered = (byte[])box.Clone();
            altered[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => key.Open(altered, "x"));
            Assert.ThrowsAny<CryptographicException>(() => key.Open(box.AsSpan(..i), "x"));
        }
    }

    [Fact]
    public void Opens_with_the_old_key_after_a_new_one_took_over()
    {
        var (old, fresh) = (Line(), Line());
        var before = MasterKey.Parse(old);
        var box = before.Seal(Secret, "x");

        var after = MasterKey.Parse(fresh + "\n" + old + "\n");

        Assert.Equal(Secret, after.Open(box, "x"));
        Assert.ThrowsAny<CryptographicException>(() => before.Open(after.Seal(Secret, "x"), "x"));
        Assert.Equal(DataKeys.FromMaster(before).Derive("links"), DataKeys.FromMaster(after).Derive("links"));
    }

    [Fact]
    public void Derives_a_key_for_each_purpose()
    {
        var key = DataKeys.FromMaster(MasterKey.Parse(Line()));

        Assert.Equal(32, key.Derive("links").Length);
        Assert.Equal(key.Derive("links"), key.Derive("links"));
        Assert.NotEqual(key.Derive("links"), key.Derive("bounces"));
    }

    /// <summary>As it was derived when master keys sealed values themselves: links in mails from then must open.</summary>
    [Fact]
    public void Derives_from_an_old_master_key_what_was_derived_from_it_before()
    {
        var old = RandomNumberGenerator.GetBytes(32);

        Assert.Equal(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, old, 32, info: "waybill links"u8.ToArray()),
            DataKeys.FromMaster(MasterKey.Parse(Convert.ToBase64String(old))).Derive("links"));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData(",")]
    [InlineData(", ")]
    public void Takes_several_keys_by_line_or_with_commas(string between)
    {
        var (old, fresh) = (Line(), Line());

        Assert.Equal(Secret, MasterKey.Parse(fresh + between + old).Open(MasterKey.Parse(old).Seal(Secret, "x"), "x"));
    }

    [Fact]
    public void Makes_a_key_file_that_only_its_owner_reads_and_keeps_it()
    {
        var place = MasterKeyPlace.InFolder(Path.GetDirectoryName(KeyFile)!);
        Assert.Null(place.Read());
        var draft = place.Make();
        Assert.Null(place.Read());
        draft.Settle();
        var box = draft.Key.Seal(Secret, "x");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(KeyFile)!));
        Assert.Equal(Secret, place.Read()!.Open(box, "x"));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(KeyFile)!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("not base64 at all")]
    [InlineData("c2hvcnQ=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Says_of_a_malformed_key_how_to_make_one(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        File.WriteAllText(KeyFile, text);

        var malformed = Assert.Throws<WrongMasterKeyException>(() => MasterKeyPlace.InFolder(Path.GetDirectoryName(KeyFile)!).Read());

        Assert.Contains("openssl rand -base64 32", malformed.Message, StringComparison.Ordinal);
    }

    static string Line() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
