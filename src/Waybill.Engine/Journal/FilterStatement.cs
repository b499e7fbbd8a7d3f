using System.Globalization;
using System.Text;
using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Journal;

/// <summary>What stands behind <c>FROM messages m</c> for a filter, and its parameters. The tenant is in it always.</summary>
internal sealed class FilterStatement
{
    /// <summary>Those that have a row in the outbox, by which they are found among all that are over.</summary>
    static readonly MessageStatus[] Pending = [MessageStatus.Scheduled, MessageStatus.Queued, MessageStatus.Sending];

    readonly Session session;
    readonly bool hasWords;
    readonly StringBuilder conditions = new();
    readonly string[] standings;
    readonly List<Action<Parameters>> bindings = [];

    public FilterStatement(Session session, TenantId tenant, MessageFilter filter)
    {
        (this.session, hasWords) = (session, filter.HasWords);
        conditions.Append("WHERE m.tenant_id = ").Append(Next(p => p.Id(tenant.Value)));
        if (filter.HasWords) AddWords(filter);
        if (filter.Id is { } id) AddId(id);
        if (filter.TagName is { } name) AddTag(tenant, name, filter.TagValue);
        standings = Standings(filter.Statuses);
        if (filter.Stream is { } stream) And($"m.stream = {Next(p => p.Text(stream))}");
        if (filter.Brand is { } brand) And($"m.brand_id = {Next(p => p.Id(brand))}");
        if (filter.Since is { } since) Compare(">=", MessageId.FirstOf(since));
        if (filter.Until is { } until) Compare("<", MessageId.FirstOf(until));
    }

    /// <summary>All that is meant, in no order.</summary>
    public string All => standings.Length == 0 ? Text : $"{Text} AND ({string.Join(" OR ", standings)})";

    string Text => (hasWords ? "JOIN message_words w ON w.message_id = m.id " : "") + conditions;

    /// <summary>Newest first is this, descending.</summary>
    string Order => hasWords ? session.Words.Order : "m.id";

    /// <summary>
    /// The newest of them, or the oldest. Where messages may stand in several places, each place gives its own and the first of all those
    /// are taken: every place has an index that is in this order, and none has one for several.
    /// </summary>
    public string First(int count, bool isNewest)
    {
        var end = string.Create(CultureInfo.InvariantCulture, $"{(isNewest ? "DESC" : "ASC")} LIMIT {count}");
        if (hasWords || standings.Length < 2) return $"{All} ORDER BY {Order} {end}";
        var each = standings.Select((standing, n) => string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT id FROM (SELECT m.id FROM messages m {Text} AND {standing} ORDER BY m.id {end}) AS place{n}"));
        return $"WHERE m.id IN ({string.Join(" UNION ALL ", each)}) ORDER BY m.id {end}";
    }

    /// <summary>Only what is older, or newer, than a message.</summary>
    public void Beyond(MessageId? message, bool isNewer)
    {
        if (message is { } cursor) Compare(isNewer ? ">" : "<", cursor);
    }

    /// <summary>Only what this holds for: a condition about <c>m</c> that is ours.</summary>
    public void And(string condition) => conditions.Append(" AND ").Append(condition);

    /// <summary>The statement that counts what is meant, and stops at a number.</summary>
    public string Counting(int most) =>
        $"SELECT count(*) FROM (SELECT m.id FROM messages m {All} LIMIT {most.ToString(CultureInfo.InvariantCulture)}) AS counted";

    public void Bind(Parameters parameters)
    {
        foreach (var binding in bindings) binding(parameters);
    }

    void AddWords(MessageFilter filter)
    {
        SoughtWord[] words =
        [
            .. Sought(filter.Words, WordPlace.Anywhere), .. Sought(filter.To, WordPlace.Addresses),
            .. Sought(filter.Subject, WordPlace.Subject),
        ];
        if (words.Length == 0) And("1 = 0"); // what holds no word is in no message
        else And(session.Words.Condition(Next(p => p.Text(session.Words.Query(words)))));
    }

    static IEnumerable<SoughtWord> Sought(string? text, WordPlace place) =>
        SearchWords.Of(text ?? "").Select(word => new SoughtWord(word, place));

    /// <summary>Each of the two by its index; of one OR the other, SQLite would read all messages of the tenant.</summary>
    void AddId(Guid id)
    {
        var parameter = Next(p => p.Id(id));
        And($"m.id IN (SELECT {parameter} UNION ALL SELECT id FROM messages WHERE event_id = {parameter})");
    }

    void AddTag(TenantId tenant, string name, string? value)
    {
        var tags =
            $"SELECT message_id FROM message_tags WHERE tenant_id = {Next(p => p.Id(tenant.Value))} AND name = {Next(p => p.Text(name))}";
        And($"m.id IN ({tags}{(value is null ? "" : $" AND value = {Next(p => p.Text(value))}")})");
    }

    /// <summary>
    /// A condition for each index that serves. The words are ours, and written out, so that an index of some of them is seen to; in one
    /// order, so that there are few such statements.
    /// </summary>
    static string[] Standings(IReadOnlyList<MessageStatus> statuses)
    {
        var pending = statuses.Where(Pending.Contains).Distinct().Order().Select(status => $"'{status.Word()}'").ToList();
        var settled = statuses.Except(Pending).Order().Select(status => $"m.status = '{status.Word()}'");
        return pending.Count == 0
            ? [.. settled]
            : [.. settled, $"(m.status IN ({string.Join(", ", pending)}) AND m.id IN (SELECT message_id FROM outbox))"];
    }

    void Compare(string than, MessageId message)
    {
        And($"m.id {than} {Next(p => p.Id(message.Value))}");
        if (hasWords && session.Words.Order != "m.id") And($"{session.Words.Order} {than} {Next(p => session.Words.Bind(p, message))}");
    }

    string Next(Action<Parameters> bind)
    {
        bindings.Add(bind);
        return "$" + bindings.Count.ToString(CultureInfo.InvariantCulture);
    }
}
