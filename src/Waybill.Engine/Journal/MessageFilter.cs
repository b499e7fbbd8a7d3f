using Waybill.Engine.Messages;

namespace Waybill.Engine.Journal;

/// <summary>Which messages are meant; what is not set does not narrow.</summary>
public sealed record MessageFilter
{
    /// <summary>All of them.</summary>
    public static MessageFilter Everything { get; } = new();

    /// <summary>Words that begin a word of a recipient's address or of the subject, each of them.</summary>
    public string? Words { get; init; }

    /// <summary>Words that begin a word of a recipient's address, each of them.</summary>
    public string? To { get; init; }

    /// <summary>Words that begin a word of the subject, each of them.</summary>
    public string? Subject { get; init; }

    /// <summary>The message's own id, or that of the event which caused it.</summary>
    public Guid? Id { get; init; }

    /// <summary>A tag's name.</summary>
    public string? TagName { get; init; }

    /// <summary>The value of the tag of <see cref="TagName"/>.</summary>
    public string? TagValue { get; init; }

    /// <summary>
    /// Where it stands: one of these; none: anywhere. Each is here once, and in one order, so that one question is one statement.
    /// </summary>
    public IReadOnlyList<MessageStatus> Statuses { get; init => field = [.. value.Distinct().Order()]; } = [];

    /// <summary>The stream's name.</summary>
    public string? Stream { get; init; }

    /// <summary>The brand's id.</summary>
    public Guid? Brand { get; init; }

    /// <summary>Accepted at this instant or later, to the millisecond.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Accepted before this instant, to the millisecond.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether any words are looked for.</summary>
    internal bool HasWords => Words is not null || To is not null || Subject is not null;
}
