using Waybill.Smtp.Replies;

namespace Waybill.Smtp;

/// <summary>What one stage of a <see cref="RelayProbe"/> came to.</summary>
public abstract record ProbedStage
{
    ProbedStage(DialogueStage stage, string said) => (Stage, Said) = (stage, said);

    /// <summary>Which stage.</summary>
    public DialogueStage Stage { get; }

    /// <summary>The relay's own words where it spoke, else what was seen; on one line, never a credential.</summary>
    public string Said { get; }

    /// <summary>It went well.</summary>
    public sealed record Passed(DialogueStage Stage, string Said) : ProbedStage(Stage, Said);

    /// <summary>TLS was agreed on: the version and cipher, and whose certificate it was.</summary>
    public sealed record Secured(string Said, CertificateFacts Certificate) : ProbedStage(DialogueStage.Tls, Said);

    /// <summary>It went no further.</summary>
    /// <param name="Stage">Which stage.</param>
    /// <param name="Said">Why.</param>
    /// <param name="Reply">The relay's reply, where it was a reply that decided.</param>
    /// <param name="Certificate">The certificate that was shown, and refused, where there was one.</param>
    public sealed record Failed(DialogueStage Stage, string Said, Reply? Reply, CertificateFacts? Certificate) : ProbedStage(Stage, Said);
}
