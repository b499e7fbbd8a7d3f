using Waybill.Engine.Storage;
using Xunit;

namespace Waybill.Engine.Specs.Storage;

public sealed class Writing_a_schema_for_both_databases
{
    [Theory]
    [InlineData("{id}", "uuid", "BLOB")]
    [InlineData("{instant}", "timestamptz", "INTEGER")]
    [InlineData("{day}", "date", "TEXT")]
    [InlineData("{flag}", "boolean", "INTEGER")]
    [InlineData("{money}", "bigint", "INTEGER")]
    [InlineData("{number}", "bigint", "INTEGER")]
    [InlineData("{number:8}|", "bigint  |", "INTEGER |")]
    [InlineData("{text}", "text", "TEXT")]
    [InlineData("{bytes}", "bytea", "BLOB")]
    [InlineData("){strict};", ");", ") STRICT;")]
    [InlineData("){by_key};", ");", ") STRICT, WITHOUT ROWID;")]
    [InlineData("DEFAULT '{}'", "DEFAULT '{}'", "DEFAULT '{}'")]
    public void Gives_each_its_own_type(string both, string postgres, string sqlite) => Assert.Equal((postgres, sqlite), Render(both));

    [Fact]
    public void Gives_a_section_to_one_of_them_alone() => Assert.Equal(
        ("a;\nb;\nd;\n", "a;\nc;\nd;\n"),
        Render("a;\n-- only postgres\nb;\n-- only sqlite\nc;\n-- both\nd;\n"));

    [Fact]
    public void Names_a_word_that_it_does_not_know() =>
        Assert.Contains(
            "{uuid}. Known are {id}", Assert.Throws<FormatException>(() => Render("id {uuid}")).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_a_database_that_there_is_not() =>
        Assert.Contains("'postgre'", Assert.Throws<FormatException>(() => Render("-- only postgre\na;")).Message, StringComparison.Ordinal);

    static (string Postgres, string Sqlite) Render(string script) =>
        (SchemaDialect.Of("postgres").Render(script), SchemaDialect.Of("sqlite").Render(script));
}
