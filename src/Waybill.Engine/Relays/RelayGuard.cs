using System.Net;
using System.Net.Sockets;
using Waybill.Engine.Fetching;

namespace Waybill.Engine.Relays;

/// <summary>
/// Keeps the relays of tenants off the operator's own net: without it, whoever has a tenant's key could have Waybill look for open doors
/// there. The relays of the instance and of its first tenant may be anywhere.
/// </summary>
/// <param name="allowed">What the operator lets in all the same (<c>Egress:Allow</c>).</param>
public sealed class RelayGuard(AllowedNets allowed)
{
    static readonly TimeSpan LookupLimit = TimeSpan.FromSeconds(5);

    /// <summary>Judges the addresses that are connected to.</summary>
    internal AddressGuard Addresses { get; } = new(allowed);

    /// <summary>Why that address may not be connected to; null: it may.</summary>
    internal string? Objection(IPAddress address) => Addresses.Judge(address) is GuardVerdict.Forbidden(var reason) ? reason : null;

    /// <summary>
    /// Why a tenant may not have such a relay, in a sentence; null: it may. A name that cannot be looked up now passes: it is judged
    /// again at each connection, which is what counts.
    /// </summary>
    public async Task<string?> ObjectionAsync(RelayRoute route, TimeProvider clock, CancellationToken cancellationToken)
    {
        var host = HostOf(route);
        var reason = (await LookUpAsync(host, clock, cancellationToken)).Select(Objection)
            .FirstOrDefault(objection => objection is not null);
        return reason is null ? null : $"Waybill does not connect to {host}: {reason}. The operator can allow it (Egress:Allow).";
    }

    static async Task<IPAddress[]> LookUpAsync(string host, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(LookupLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await Dns.GetHostAddressesAsync(host, either.Token);
        }
        catch (Exception unknown)
            when (unknown is SocketException or ArgumentException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }

    static string HostOf(RelayRoute route) => route switch
    {
        RelayRoute.Smtp smtp => smtp.Host,
        RelayRoute.Resend resend => resend.BaseUrl.IdnHost,
        _ => throw new System.Diagnostics.UnreachableException($"No host in {route.GetType().Name}."),
    };
}
