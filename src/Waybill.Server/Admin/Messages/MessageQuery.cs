using System.Globalization;
using Waybill.Engine.Journal;
using Waybill.Engine.Messages;

namespace Waybill.Server.Admin.Messages;

/// <summary>
/// What a search says: <c>to:ann status:failed stream:api since:7d</c>. Whatever makes no sense is a fault, and nothing is guessed.
/// </summary>
internal sealed class MessageQuery
{
    /// <summary>Characters of a search.</summary>
    public const int Longest = 500;

    readonly DateTimeOffset now;
    readonly List<QueryFault> faults = [];
    readonly HashSet<string> once = [];

    MessageQuery(string text, DateTimeOffset now) => (Text, this.now) = (text, now);

    /// <summary>What was typed, as it was typed.</summary>
    public string Text { get; }

    /// <summary>What it means, but for the brand.</summary>
    public MessageFilter Filter { get; private set; } = MessageFilter.Everything;

    /// <summary>The brand's alias or id, which is still to be looked up.</summary>
    public string? Brand { get; private set; }

    /// <summary>What makes no sense.</summary>
    public IReadOnlyList<QueryFault> Faults => faults;

    /// <summary>Whether it narrows at all.</summary>
    public bool IsEmpty => Text.Trim().Length == 0;

    /// <summary>Reads it.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="streams">The streams that there are.</param>
    /// <param name="now">What <c>7d</c> is reckoned from.</param>
    public static MessageQuery Read(string text, IEnumerable<string> streams, DateTimeOffset now)
    {
        var query = new MessageQuery(text, now);
        if (text.Length > Longest) query.Fault("filter.fault.long", Longest.ToString(CultureInfo.InvariantCulture));
        else foreach (var term in QueryTerm.Read(text.Replace('\0', ' '))) query.Add(term); // PostgreSQL takes no NUL
        if (query.Filter.Stream is { } stream && !streams.Contains(stream, StringComparer.Ordinal))
            query.Fault("filter.fault.stream", stream);
        if (query.Filter is { Since: { } since, Until: { } until } && since >= until) query.Fault("filter.fault.order", "");
        return query;
    }

    void Add(QueryTerm term)
    {
        switch (term.Key)
        {
            case null: AddWord(term.Value); break;
            case "to": Filter = Filter with { To = Words(Filter.To, term.Value) }; break;
            case "subject": Filter = Filter with { Subject = Words(Filter.Subject, term.Value) }; break;
            case "status": foreach (var word in term.Value.Split(',')) AddStatus(word); break;
            case "id": AddId(term.Value); break;
            case "tag": if (IsFirst(term)) AddTag(term.Value.Split('=', 2)); break;
            case "stream": if (IsFirst(term)) Filter = Filter with { Stream = term.Value }; break;
            case "brand": if (IsFirst(term)) Brand = term.Value; break;
            case "since": if (IsFirst(term) && Instant(term.Value) is { } since) Filter = Filter with { Since = since }; break;
            case "until": if (IsFirst(term) && Instant(term.Value) is { } until) Filter = Filter with { Until = until }; break;
            default: Fault("filter.fault.key", term.Key); break;
        }
    }

    void AddWord(string word)
    {
        if (IdIn(word) is { } id) Filter = Filter with { Id = id };
        else Filter = Filter with { Words = Words(Filter.Words, word) };
    }

    string Words(string? present, string more)
    {
        if (SearchWords.Of(more).Count == 0) Fault("filter.fault.words", more);
        return $"{present} {more}";
    }

    void AddStatus(string word)
    {
        var lower = word.Trim().ToLowerInvariant();
        if (lower == "waiting")
            Filter = Filter with { Statuses = [.. Filter.Statuses, MessageStatus.Queued, MessageStatus.Sending, MessageStatus.Scheduled] };
        else if (MessageStatusWords.Find(lower) is { } status) Filter = Filter with { Statuses = [.. Filter.Statuses, status] };
        else Fault("filter.fault.status", word);
    }

    void AddId(string text)
    {
        if (IdIn(text) is not { } id) Fault("filter.fault.id", text);
        else if (Filter.Id is not null) Fault("filter.fault.twice", "id");
        else Filter = Filter with { Id = id };
    }

    void AddTag(string[] parts) => Filter = Filter with { TagName = parts[0], TagValue = parts.Length > 1 ? parts[1] : null };

    /// <summary>An id, alone or as the Message-ID header has it.</summary>
    static Guid? IdIn(string text)
    {
        var bare = text.StartsWith('<') && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? text[1..at] : text;
        return Guid.TryParseExact(bare, "D", out var id) ? id : null;
    }

    DateTimeOffset? Instant(string text)
    {
        if (QueryTime.Read(text, now) is { } at) return at;
        Fault("filter.fault.time", text);
        return null;
    }

    bool IsFirst(QueryTerm term)
    {
        if (once.Add(term.Key!)) return true;
        Fault("filter.fault.twice", term.Key!);
        return false;
    }

    /// <summary>Also of what only a look into the database shows.</summary>
    public void Fault(string text, string argument) => faults.Add(new(text, argument));
}

/// <summary>Something in a search that makes no sense: the key of a text, and what it is about.</summary>
internal sealed record QueryFault(string Text, string Argument);
