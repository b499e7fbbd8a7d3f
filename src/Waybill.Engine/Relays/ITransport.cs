using Waybill.Engine.Retrying;
using Waybill.Mime;
using Waybill.Mime.Addresses;
using Waybill.Smtp;

namespace Waybill.Engine.Relays;

/// <summary>A way out. It never throws for anything the other side does: that is an outcome.</summary>
public interface ITransport : IAsyncDisposable
{
    /// <summary>The word for it in journal, logs and UI.</summary>
    string Name { get; }

    /// <summary>Where mail goes, in a sentence for the start and the health page.</summary>
    string Sentence { get; }

    /// <summary>Hands one message over to those who still wait for it.</summary>
    /// <exception cref="OperationCanceledException">Stopped before the point of no return: nobody got the message.</exception>
    Task<HandOverReport> HandOverAsync(Parcel parcel, CancellationToken cancellationToken);
}

/// <summary>What is handed over: the bytes, and the envelope that says to whom.</summary>
/// <param name="ReversePath">Where bounces go.</param>
/// <param name="Recipients">Position and address of each who still waits.</param>
/// <param name="Content">The message.</param>
public sealed record Parcel(Address ReversePath, IReadOnlyList<(int Position, Address Address)> Recipients, MessageContent Content)
{
    /// <summary>
    /// What <see cref="Content"/> are the bytes of, for ways out that do not take MIME. Its recipients are all, not those who wait.
    /// </summary>
    public MimeMessage? Message { get; init; }

    /// <summary>
    /// To be called when only the last octet is missing, by who does not read <see cref="Content"/>, which does so itself. It throws an
    /// <see cref="OperationCanceledException"/> when the message is no longer ours to hand over.
    /// </summary>
    public Action LastLook { get; init; } = () => { };

    /// <summary>To be called when the relay waits for the content, for that may take long, and the relay is known to be there.</summary>
    public Action Reached { get; init; } = () => { };
}

/// <summary>What came of it.</summary>
/// <param name="Outcomes">By recipient position, one for each in the parcel.</param>
/// <param name="Dialogue">What was said, without secrets; null when nothing was.</param>
public sealed record HandOverReport(IReadOnlyDictionary<int, AttemptOutcome> Outcomes, string? Dialogue)
{
    /// <summary>
    /// Why the relay was not reached: no answer of it came before anything was said of this message; null: it was reached. What goes wrong
    /// later may be the message's doing, and tells nothing of the relay.
    /// </summary>
    public string? Unreached { get; init; }
}
