using Waybill.Engine.Retrying;

namespace Waybill.Engine.Relays;

/// <summary>
/// Stands where a relay should be that is gone or cannot be used. Each message that names the relay ends here, in clear words, and never
/// goes out by another one.
/// </summary>
internal sealed class UnusableTransport(AttemptOutcome outcome) : ITransport
{
    public string Name => "none";

    public string Sentence => outcome.Reply;

    public Task<HandOverReport> HandOverAsync(Parcel parcel, CancellationToken cancellationToken) =>
        Task.FromResult(new HandOverReport(parcel.Recipients.ToDictionary(recipient => recipient.Position, _ => outcome), Dialogue: null));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
