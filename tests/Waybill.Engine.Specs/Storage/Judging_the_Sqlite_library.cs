using Waybill.Engine.Storage.Sqlite;
using Xunit;

namespace Waybill.Engine.Specs.Storage;

/// <summary>SQLite 3.7.0 to 3.51.2 can lose what was committed when one connection checkpoints while another commits.</summary>
public sealed class Judging_the_Sqlite_library
{
    [Theory]
    [InlineData("3.7.0")]
    [InlineData("3.7.17")]
    [InlineData("3.40.1")]
    [InlineData("3.50.4")]
    [InlineData("3.51.0")]
    [InlineData("3.51.2")]
    public void Refuses_a_version_that_can_lose_commits(string version) =>
        Assert.Contains(
            $"version {version}. Versions 3.7.0 to 3.51.2 can lose", SqliteLibrary.Objection(version), StringComparison.Ordinal);

    [Theory]
    [InlineData("3.6.23")]
    [InlineData("3.51.3")]
    [InlineData("3.53.4")]
    [InlineData("4.0.0")]
    public void Takes_one_that_cannot(string version) => Assert.Null(SqliteLibrary.Objection(version));

    [Theory]
    [InlineData("")]
    [InlineData("newest")]
    public void Refuses_what_does_not_say_its_version(string version) => Assert.NotNull(SqliteLibrary.Objection(version));

    [Fact]
    public void Takes_the_one_that_ships_which_is_newer()
    {
        SqliteLibrary.Demand();

        Assert.True(Version.Parse(SqliteLibrary.Loaded()) > new Version(3, 51, 2), SqliteLibrary.Loaded());
    }
}
