namespace Waybill.Smtp.Replies;

/// <summary>The one table that says what a reply means. The first row that fits decides.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>stage: reply</term><description>verdict, and why</description></listheader>
/// <item><term>Greeting to SignIn: the code asked for</term><description>Accepted (220; 250; 220; 235)</description></item>
/// <item><term>Greeting to SignIn: anything else</term><description>RouteFault: 421, 454, 5yz here (535 too) tell of the relay or of
/// our settings, never of the message</description></item>
/// <item><term>any: 421</term><description>Deferred: the relay is closing this connection
/// (RFC 5321 §3.8), and says nothing else</description></item>
/// <item><term>any: 530</term><description>RouteFault: it wants TLS or a sign-in first (RFC 4954 §6, RFC 3207 §4)</description></item>
/// <item><term>Sender, Recipients, Content: 2yz</term><description>Accepted</description></item>
/// <item><term>Data: 354</term><description>Accepted</description></item>
/// <item><term>any: another 2yz or 3yz</term><description>ProtocolFault: deferred, the connection is dropped; after the final dot the
/// outcome is unknown</description></item>
/// <item><term>any: 4yz</term><description>Deferred (RFC 5321 §4.2.1)</description></item>
/// <item><term>any: 503</term><description>Deferred: "bad sequence of commands" speaks of the dialogue, not of
/// the message</description></item>
/// <item><term>any: 5yz with X.2.2</term><description>Deferred: a full mailbox is emptied one day (RFC 3463 §3.3)</description></item>
/// <item><term>Recipients: 5yz with X.5.3</term><description>Deferred: too many recipients in this transaction, the
/// next has fewer</description></item>
/// <item><term>Recipients: 552 without enhanced code</term><description>Deferred: too many recipients (RFC 5321 §4.5.3.1.10) or a full
/// mailbox, neither lasting</description></item>
/// <item><term>any: another 5yz</term><description>Refused: 552 5.3.4 (too big) among them</description></item>
/// </list>
/// A reply that cannot be read at all never gets here; it ends the connection like a <see cref="Verdict.ProtocolFault"/>.
/// </remarks>
static class Classification
{
    public static Verdict Judge(DialogueStage stage, Reply reply) => (stage, reply) switch
    {
        ( < DialogueStage.Sender, _) => reply.Code == Expected(stage) ? Verdict.Accepted : Verdict.RouteFault,
        (_, { Code: 421 }) => Verdict.Deferred,
        (_, { Code: 530 }) => Verdict.RouteFault,
        (DialogueStage.Data, { Code: 354 }) => Verdict.Accepted,
        (not DialogueStage.Data, { Severity: 2 }) => Verdict.Accepted,
        (_, { Severity: < 4 }) => Verdict.ProtocolFault,
        (_, { Severity: 4 } or { Code: 503 }) => Verdict.Deferred,
        (_, { Enhanced: { Subject: 2, Detail: 2 } }) => Verdict.Deferred,
        (DialogueStage.Recipients, { Enhanced: { Subject: 5, Detail: 3 } } or { Code: 552, Enhanced: null }) => Verdict.Deferred,
        _ => Verdict.Refused,
    };

    static int Expected(DialogueStage stage) => stage switch
    {
        DialogueStage.Hello => 250,
        DialogueStage.SignIn => 235,
        _ => 220,
    };
}
