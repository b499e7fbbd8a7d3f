using Waybill.Engine.Messages;

namespace Waybill.Engine.Storage;

/// <summary>How a database is asked for messages by words; the table of words is <c>w</c>, that of messages <c>m</c>.</summary>
public abstract class WordIndex
{
    /// <summary>The condition that the words of the parameter are there.</summary>
    public abstract string Condition(string parameter);

    /// <summary>What the parameter says: each of these, as the beginning of a word.</summary>
    public abstract string Query(IReadOnlyList<SoughtWord> words);

    /// <summary>What goes through the matches in the order of their messages without sorting them.</summary>
    public abstract string Order { get; }

    /// <summary>Binds what <see cref="Order"/> is compared with.</summary>
    public abstract Parameters Bind(Parameters parameters, MessageId message);
}

/// <summary>One word, in lower case and without marks, and where it is to stand.</summary>
public sealed record SoughtWord(string Beginning, WordPlace Place);

/// <summary>Where a word stands.</summary>
public enum WordPlace
{
    /// <summary>Anywhere.</summary>
    Anywhere,

    /// <summary>In a recipient's address.</summary>
    Addresses,

    /// <summary>In the subject.</summary>
    Subject,
}
