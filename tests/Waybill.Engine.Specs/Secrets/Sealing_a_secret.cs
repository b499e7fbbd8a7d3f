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
        Assert.Equal(before.Derive("links"), after.Derive("links"));
    }

    [Fact]
    public void Derives_a_key_for_each_purpose()
    {
        var key = MasterKey.Parse(Line());

        Assert.Equal(32, key.Derive("links").Length);
        Assert.Equal(key.Derive("links"), key.Derive("links"));
        Assert.NotEqual(key.Derive("links"), key.Derive("bounces"));
    }

    [Fact]
    public void Makes_a_key_file_that_only_its_owner_reads_and_keeps_it()
    {
        var box = MasterKey.FromFile(KeyFile).Seal(Secret, "x");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(KeyFile)!));
        Assert.Equal(Secret, MasterKey.FromFile(KeyFile).Open(box, "x"));
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

        var malformed = Assert.Throws<FormatException>(() => MasterKey.FromFile(KeyFile));

        Assert.Contains("openssl rand -base64 32", malformed.Message, StringComparison.Ordinal);
    }

    static string Line() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
