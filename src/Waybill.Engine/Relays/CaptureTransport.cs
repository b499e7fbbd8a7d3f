using Waybill.Engine.Retrying;

namespace Waybill.Engine.Relays;

/// <summary>Keeps mail in Waybill's own inbox: the journal has all of it, and nothing leaves this machine.</summary>
/// <param name="isChosen">Whether the settings ask for it, rather than for nothing.</param>
public sealed class CaptureTransport(bool isChosen) : ITransport
{
    /// <inheritdoc/>
    public string Name => "capture";

    /// <inheritdoc/>
    public string Sentence => isChosen
        ? "Mail is captured, as Email:Provider=capture asks: it stays in Waybill's inbox and nothing is sent."
        : "Mail is captured: it stays in Waybill's inbox and nothing is sent. Set SMTP_HOST to send it.";

    /// <inheritdoc/>
    public Task<HandOverReport> HandOverAsync(Parcel parcel, CancellationToken cancellationToken) => Task.FromResult(new HandOverReport(
        parcel.Recipients.ToDictionary(recipient => recipient.Position, AttemptOutcome (_) => new AttemptOutcome.Accepted("captured")),
        Dialogue: null));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
