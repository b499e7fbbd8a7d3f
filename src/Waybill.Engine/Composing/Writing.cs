using Waybill.Engine.Accepting;

namespace Waybill.Engine.Composing;

/// <summary>What writing a mail from a template came to.</summary>
public abstract record Writing
{
    private Writing() { }

    /// <summary>It can be accepted.</summary>
    public sealed record Written(NewMessage Message) : Writing;

    /// <summary>It cannot be written; the sentence says why and how to mend it.</summary>
    public sealed record Refused(string Field, string Sentence) : Writing;
}
