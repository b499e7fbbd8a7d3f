using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Waybill.Engine.Storage;

/// <summary>
/// How one of the two databases writes what a schema script says for both. A type is a word in braces: <c>{id}</c>, <c>{instant}</c>,
/// <c>{day}</c>, <c>{flag}</c>, <c>{money}</c>, <c>{number}</c>, <c>{text}</c>, <c>{bytes}</c>; <c>{number:8}</c> is padded to eight
/// characters. A line <c>-- only postgres</c> or <c>-- only sqlite</c> begins what is for that database, up to <c>-- both</c>.
/// </summary>
public sealed partial class SchemaDialect
{
    static readonly SchemaDialect Sqlite = new("sqlite", new(StringComparer.Ordinal)
    {
        ["id"] = "BLOB",
        ["instant"] = "INTEGER",
        ["day"] = "TEXT",
        ["flag"] = "INTEGER",
        ["money"] = "INTEGER",
        ["number"] = "INTEGER",
        ["text"] = "TEXT",
        ["bytes"] = "BLOB",
        ["everybody"] = "x'00000000000000000000000000000000'",
        ["strict"] = " STRICT",
        ["by_key"] = " STRICT, WITHOUT ROWID",
    });

    static readonly SchemaDialect Postgres = new("postgres", new(StringComparer.Ordinal)
    {
        ["id"] = "uuid",
        ["instant"] = "timestamptz",
        ["day"] = "date",
        ["flag"] = "boolean",
        ["money"] = "bigint",
        ["number"] = "bigint",
        ["text"] = "text",
        ["bytes"] = "bytea",
        ["everybody"] = "'00000000-0000-0000-0000-000000000000'",
        ["strict"] = "",
        ["by_key"] = "",
    });

    readonly string provider;
    readonly Dictionary<string, string> words;

    SchemaDialect(string provider, Dictionary<string, string> words) => (this.provider, this.words) = (provider, words);

    /// <summary>The dialect of a database, by <see cref="IDatabase.Provider"/>.</summary>
    public static SchemaDialect Of(string provider) => provider == Postgres.provider ? Postgres : Sqlite;

    /// <summary>The statements as this database reads them.</summary>
    /// <param name="script">The script as it was written for both.</param>
    /// <exception cref="FormatException">A word in braces or a database's name is unknown.</exception>
    public string Render(string script)
    {
        var rendered = new StringBuilder(script.Length);
        var isOurs = true;
        foreach (var line in script.Split('\n'))
        {
            if (line == "-- both") isOurs = true;
            else if (Section().Match(line) is { Success: true } section) isOurs = IsOurs(section.Groups["provider"].Value);
            else if (isOurs) rendered.Append(Word().Replace(line, Write)).Append('\n');
        }

        return rendered.ToString(0, Math.Max(0, rendered.Length - 1)); // what the last line ended with is a line of its own
    }

    bool IsOurs(string named) => named == Sqlite.provider || named == Postgres.provider
        ? named == provider
        : throw new FormatException($"A schema script has a section for '{named}'. There are sqlite and postgres.");

    string Write(Match word) => words.TryGetValue(word.Groups["word"].Value, out var written)
        ? written.PadRight(word.Groups["width"] is { Success: true } width ? int.Parse(width.ValueSpan, CultureInfo.InvariantCulture) : 0)
        : throw new FormatException(
            $"A schema script uses {word.Value}. Known are {string.Join(", ", words.Keys.Select(known => $"{{{known}}}"))}.");

    [GeneratedRegex("^-- only (?<provider>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Section();

    [GeneratedRegex("\\{(?<word>[a-z_]+)(:(?<width>[0-9]{1,2}))?\\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
