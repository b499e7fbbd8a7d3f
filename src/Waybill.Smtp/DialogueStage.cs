namespace Waybill.Smtp;

/// <summary>The steps of a hand-over, in the order of the dialogue.</summary>
/// <remarks>With implicit TLS the step <see cref="Tls"/> comes before <see cref="Greeting"/>.</remarks>
public enum DialogueStage
{
    /// <summary>The relay's name is looked up.</summary>
    NameLookup,

    /// <summary>A TCP connection is made.</summary>
    Connect,

    /// <summary>The relay greets with 220.</summary>
    Greeting,

    /// <summary>EHLO, and what the relay offers.</summary>
    Hello,

    /// <summary>STARTTLS and the handshake, or the handshake alone.</summary>
    Tls,

    /// <summary>AUTH.</summary>
    SignIn,

    /// <summary>MAIL FROM.</summary>
    Sender,

    /// <summary>RCPT TO.</summary>
    Recipients,

    /// <summary>DATA, until 354.</summary>
    Data,

    /// <summary>The octets of the message, the final dot and its reply.</summary>
    Content,
}
