using Waybill.Books;
using Waybill.Engine.Routing;
using Waybill.Keysat.Api;

namespace Waybill.Keysat;

/// <summary>What a licence seller's book brings along.</summary>
public static class KeysatBook
{
    /// <summary>What buyers get: licences, invoices, renewals.</summary>
    public static StreamPolicy Buyer { get; } = new()
    {
        Name = "keysat.buyer",
        Waits = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)],
        RetriedAfter = NetworkAnd4xx,
        OnNoRecipient = new OnNoRecipient.LogQuietly(),
        OnNoRelay = OnNoRelay.DropWithWarning,
        OnSuppressed = OnSuppressed.Fail,
    };

    /// <summary>Alerts to the operator, by the default relay whatever a merchant's own relay is.</summary>
    public static StreamPolicy Operator { get; } = new()
    {
        Name = "keysat.operator",
        Waits = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)],
        RetriedAfter = NetworkAnd4xx,
        OnNoRecipient = new OnNoRecipient.Warn("WAYBILL_OPERATOR_EMAIL"),
        OnNoRelay = OnNoRelay.DropWithWarning,
        OnSuppressed = OnSuppressed.SendAnyway,
        DefaultRelayOnly = true,
    };

    /// <summary>The book.</summary>
    public static Book Book { get; } = new() { Name = "keysat", Streams = [Buyer, Operator], ErrorShape = KeysatError.Of };

    static Deferral NetworkAnd4xx => Deferral.Network | Deferral.TemporaryReply | Deferral.RateLimit;
}
