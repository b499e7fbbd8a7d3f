using Waybill.Books;
using Waybill.Engine.Routing;

namespace Waybill.Kyora;

/// <summary>What a small shop's book brings along.</summary>
public static class KyoraBook
{
    /// <summary>Verification, reset, invitation.</summary>
    public static StreamPolicy Account { get; } = Streams.Accounts with { Name = "kyora.account", DefaultRelayOnly = false };

    /// <summary>Plans, payments, limits.</summary>
    public static StreamPolicy Billing { get; } = Streams.Accounts with { Name = "kyora.billing", DefaultRelayOnly = false };

    /// <summary>The book.</summary>
    public static Book Book { get; } = new() { Name = "kyora", Streams = [Account, Billing] };
}
