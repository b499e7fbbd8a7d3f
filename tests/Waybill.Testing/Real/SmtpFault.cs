namespace Waybill.Testing.Real;

/// <summary>What goes wrong on each port of the <see cref="FaultySmtpServer"/>, in the order of its ports.</summary>
public enum SmtpFault
{
    /// <summary>Nothing: STARTTLS, AUTH, and the message is taken.</summary>
    None,

    /// <summary>Neither STARTTLS nor AUTH.</summary>
    NoTls,

    /// <summary>A certificate that no CA signed.</summary>
    UnknownCa,

    /// <summary>A certificate of our CA that ended in 2020.</summary>
    ExpiredCertificate,

    /// <summary>AUTH is answered 535.</summary>
    WrongPassword,

    /// <summary>AUTH is answered 454.</summary>
    AuthUnavailable,

    /// <summary>421 in place of the greeting.</summary>
    Busy,

    /// <summary>3 s a step.</summary>
    Slow,

    /// <summary>Cut after the final dot; the message is not kept.</summary>
    CutAfterDot,

    /// <summary>Cut inside DATA.</summary>
    CutInData,

    /// <summary>451 for 2 s, then taken.</summary>
    Greylisted,

    /// <summary>421 at the third message of a connection.</summary>
    TwoMessagesOnly,

    /// <summary>TLS from the first byte; no fault.</summary>
    ImplicitTls,

    /// <summary>Bytes that are no SMTP.</summary>
    Garbage,

    /// <summary>STARTTLS is answered 454.</summary>
    TlsRefused,

    /// <summary>Accepts the connection and never says a word.</summary>
    Silent,

    /// <summary>Resets the connection at once.</summary>
    Reset,

    /// <summary>A certificate of our CA for another host.</summary>
    WrongHost,

    /// <summary>No 8BITMIME, no SMTPUTF8, no SIZE.</summary>
    SevenBitOnly,

    /// <summary>The message is kept, but the line is cut before the reply: who sends again sends twice.</summary>
    CutAfterAcceptance,
}
