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
    readonly List<Action<Parameters>> bindings = [];

    public FilterStatement(Session session, TenantId tenant, MessageFilter filter)
    {
        (this.session, hasWords) = (session, filter.HasWords);
        conditions.Append("WHERE m.tenant_id = ").Append(Next(p => p.Id(tenant.Value)));
        if (filter.HasWords) AddWords(filter);
        if (filter.Id is { } id) AddId(id);
        if (filter.TagName is { } name) AddTag(tenant, name, filter.TagValue);
        if (filter.Statuses.Count > 0) AddStatuses(filter.Statuses);
        if (filter.Stream is { } stream) And($"m.stream = {Next(p => p.Text(stream))}");
        if (filter.Brand is { } brand) And($"m.brand_id = {Next(p => p.Id(brand))}");
        if (filter.Since is { } since) Compare(">=", MessageId.FirstOf(since));
        if (filter.Until is { } until) Compare("<", MessageId.FirstOf(until));
    }

    public string Text => (hasWords ? "JOIN message_words w ON w.message_id = m.id " : "") + conditions;

    /// <summary>Newest first is this, descending.</summary>
    public string Order => hasWords ? session.Words.Order : "m.id";

    /// <summary>Only what is older, or newer, than a message.</summary>
    public void Beyond(MessageId? message, bool isNewer)
    {
        if (message is { } cursor) Compare(isNewer ? ">" : "<", cursor);
    }

    /// <summary>Only what this holds for: a condition about <c>m</c> that is ours.</summary>
    public void And(string condition) => conditions.Append(" AND ").Append(condition);

    /// <summary>The statement that counts what is meant, and stops at a number.</summary>
    public string Counting(int most) => $"SELECT count(*) FROM (SELECT m.id FROM messages m {Text} LIMIT {most.ToString(CultureInfo.InvariantCulture)}) AS counted";

    public void Bind(Parameters parameters)
    {
        foreach (var binding in bindings) binding(parameters);
    }

    void AddWords(MessageFilter filter)
    {
        SoughtWord[] words =
        [
            .. Sought(filter.Words, WordPlace.Anywhere), .. Sought(filter.To, WordPlace.Addresses), .. Sought(filter.Subject, WordPlace.Subject),
        ];
        if (words.Length == 0) And("1 = 0"); // what holds no word is in no message
        else And(session.Words.Condition(Next(p => p.Text(session.Words.Query(words)))));
    }

    static IEnumerable<SoughtWord> Sought(string? text, WordPlace place) => SearchWords.Of(text ?? "").Select(word => new SoughtWord(word, place));

    void AddId(Guid id) => And($"(m.id = {Next(p => p.Id(id))} OR m.event_id = {Next(p => p.Id(id))})");

    void AddTag(TenantId tenant, string name, string? value)
    {
        var tags = $"SELECT message_id FROM message_tags WHERE tenant_id = {Next(p => p.Id(tenant.Value))} AND name = {Next(p => p.Text(name))}";
        And($"m.id IN ({tags}{(value is null ? "" : $" AND value = {Next(p => p.Text(value))}")})");
    }

    /// <summary>The words are ours, and written out, so that an index of some of them is seen to serve.</summary>
    void AddStatuses(IReadOnlyList<MessageStatus> statuses)
    {
        And(statuses is [var one] ? $"m.status = '{one.Word()}'" : $"m.status IN ({string.Join(", ", statuses.Select(status => $"'{status.Word()}'"))})");
        if (statuses.All(Pending.Contains)) And("m.id IN (SELECT message_id FROM outbox)");
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
