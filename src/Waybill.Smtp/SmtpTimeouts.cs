namespace Waybill.Smtp;

/// <summary>
/// How long a hand-over may take. RFC 5321 §4.5.3.2 gives each command minutes of its own; a relay that used them all would hold a place
/// for half an hour without having taken anything. So everything before the content shares one <see cref="Dialogue"/>: nothing is lost by
/// giving up there. From the content on the RFC's times hold.
/// </summary>
/// <remarks>
/// Giving up earlier than <see cref="FinalDot"/> is how duplicates come about: the relay may accept what nobody waits for any more.
/// </remarks>
public sealed record SmtpTimeouts
{
    /// <summary>Name lookup and connection, over all addresses of the relay; default 30 s. It is part of <see cref="Dialogue"/>.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the name lookup to 354, the reply to DATA, all together; default 60 s.</summary>
    public TimeSpan Dialogue { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Each block of the content; default 3 min (RFC 5321 §4.5.3.2.5).</summary>
    public TimeSpan Block { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The content of the smallest message; default 10 min.</summary>
    public TimeSpan Content { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The octets of content that are worth a second beyond <see cref="Content"/>; default 8,192, the speed of a very slow link.
    /// </summary>
    public int ContentOctetsPerSecond { get; init; } = 8 * 1024;

    /// <summary>From the final dot to its reply; default 10 min (RFC 5321 §4.5.3.2.6).</summary>
    public TimeSpan FinalDot { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>QUIT; default 5 s. Nothing depends on its reply.</summary>
    public TimeSpan Quit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long so much content may take, however steadily it flows.</summary>
    internal TimeSpan ContentOf(long octets) => Content + TimeSpan.FromSeconds((double)octets / ContentOctetsPerSecond);
}
