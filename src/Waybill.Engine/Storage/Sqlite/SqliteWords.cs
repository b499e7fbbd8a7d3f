using Waybill.Engine.Messages;

namespace Waybill.Engine.Storage.Sqlite;

/// <summary>FTS5: matches come in the order of their row numbers, either way, and are stopped when enough are found.</summary>
internal sealed class SqliteWords : WordIndex
{
    public override string Order => "w.rowid";

    public override string Condition(string parameter) => $"w.message_words MATCH {parameter}";

    public override string Query(IReadOnlyList<SoughtWord> words) => string.Join(" AND ", words.Select(Term));

    public override Parameters Bind(Parameters parameters, MessageId message) => parameters.Number(message.Number);

    static string Term(SoughtWord word) => (word.Place switch
    {
        WordPlace.Addresses => "addresses : ",
        WordPlace.Subject => "subject : ",
        _ => "",
    }) + $"\"{word.Beginning.Replace("\"", "\"\"", StringComparison.Ordinal)}\" *";
}
