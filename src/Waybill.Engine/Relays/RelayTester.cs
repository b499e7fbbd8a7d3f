using System.Globalization;
using Waybill.Mime.Addresses;
using Waybill.Smtp;

namespace Waybill.Engine.Relays;

/// <summary>Tests the way to a relay stage by stage, in its own words and with a hint where one helps. Nothing is sent to anyone.</summary>
public sealed class RelayTester(TimeProvider clock)
{
    /// <summary>How long all stages may take together.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>The stages in order, up to the first one that failed.</summary>
    /// <param name="transport">The relay's way out.</param>
    /// <param name="sender">Who is named as the sender.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<TestedStage>> TestAsync(ITransport transport, Address sender, CancellationToken cancellationToken)
    {
        switch (transport)
        {
            case SmtpTransport smtp:
                var stages = await new RelayProbe(smtp.Endpoint, Limit, clock).RunAsync(sender, cancellationToken);
                return [.. stages.Select(stage => Told(stage, smtp.Endpoint))];
            case ResendTransport resend:
                return await new ResendProbe(resend, Limit, clock).RunAsync(cancellationToken);
            case UnusableTransport:
                return [new("none", IsGood: false, transport.Sentence)];
            default:
                return [new("none", IsGood: true, transport.Sentence)];
        }
    }

    static TestedStage Told(ProbedStage stage, RelayEndpoint endpoint) => stage switch
    {
        ProbedStage.Passed => new(Word(stage.Stage), IsGood: true, stage.Said),
        ProbedStage.Secured(_, var certificate) => new(Word(stage.Stage), IsGood: true, $"{stage.Said}. {Describe(certificate)}"),
        ProbedStage.Failed failed => new(
            Word(stage.Stage),
            IsGood: false,
            failed.Certificate is { } shown ? $"{stage.Said} {Describe(shown)}" : stage.Said,
            TestHint.For(failed, endpoint)),
        _ => throw new System.Diagnostics.UnreachableException($"No words for {stage.GetType().Name}."),
    };

    /// <summary>A certificate in a sentence.</summary>
    internal static string Describe(CertificateFacts certificate) => string.Create(
        CultureInfo.InvariantCulture,
        $"The certificate is for {(certificate.Names.Count > 0 ? string.Join(", ", certificate.Names) : certificate.Subject)}, issued to {certificate.Subject} by {certificate.Issuer}, good until {certificate.Expiry:yyyy-MM-dd}.");

    static string Word(DialogueStage stage) => stage switch
    {
        DialogueStage.NameLookup => "name",
        DialogueStage.Connect => "connect",
        DialogueStage.Greeting => "greeting",
        DialogueStage.Hello => "hello",
        DialogueStage.Tls => "tls",
        DialogueStage.SignIn => "sign_in",
        DialogueStage.Sender => "sender",
        _ => throw new System.Diagnostics.UnreachableException($"A test does not reach {stage}."),
    };
}
