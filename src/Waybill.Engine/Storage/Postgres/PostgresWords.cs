using Waybill.Engine.Messages;

namespace Waybill.Engine.Storage.Postgres;

/// <summary>A text search vector: addresses have the weight A, the subject B.</summary>
internal sealed class PostgresWords : WordIndex
{
    public override string Order => "m.id";

    public override string Condition(string parameter) => $"w.words @@ to_tsquery('simple', {parameter})";

    public override string Query(IReadOnlyList<SoughtWord> words) => string.Join(" & ", words.Select(Term));

    public override Parameters Bind(Parameters parameters, MessageId message) => parameters.Id(message.Value);

    static string Term(SoughtWord word) =>
        $"'{word.Beginning.Replace("'", "''", StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal)}':*"
            + word.Place switch
            {
                WordPlace.Addresses => "A",
                WordPlace.Subject => "B",
                _ => "",
            };
}
