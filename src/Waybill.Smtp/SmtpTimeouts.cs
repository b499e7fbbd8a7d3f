namespace Waybill.Smtp;

/// <summary>How long each step may take: RFC 5321 §4.5.3.2, where it names a time.</summary>
/// <remarks>
/// Giving up earlier than <see cref="FinalDot"/> is how duplicates come about: the relay may accept what nobody waits for any more.
/// </remarks>
public sealed record SmtpTimeouts
{
    /// <summary>Name lookup and connection, over all addresses of the relay; default 30 s.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Until the 220 greeting; default 5 min.</summary>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>EHLO; default 5 min.</summary>
    public TimeSpan Hello { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>STARTTLS and, separately, the TLS handshake; default 5 min.</summary>
    public TimeSpan Tls { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Each step of AUTH; default 5 min.</summary>
    public TimeSpan SignIn { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>MAIL FROM (and RSET before it); default 5 min.</summary>
    public TimeSpan Sender { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Each RCPT TO; default 5 min.</summary>
    public TimeSpan Recipient { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>DATA, until 354; default 2 min.</summary>
    public TimeSpan Data { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Each block of the content; default 3 min.</summary>
    public TimeSpan Block { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>From the final dot to its reply; default 10 min.</summary>
    public TimeSpan FinalDot { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>QUIT; default 5 s. Nothing depends on its reply.</summary>
    public TimeSpan Quit { get; init; } = TimeSpan.FromSeconds(5);
}
