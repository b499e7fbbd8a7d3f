using Microsoft.Extensions.Logging;
using Waybill.Engine.Fetching;
using Waybill.Engine.Retrying;
using Waybill.Engine.Storage;
using Waybill.Mime.Addresses;
using Waybill.Smtp;

namespace Waybill.Engine.Relays;

/// <summary>Makes relays from what is kept of them. Each has sessions of its own, so that no two share credentials.</summary>
/// <param name="database">Where caps are counted.</param>
/// <param name="clock">For pace and time-outs.</param>
/// <param name="log">Where a relay's caps are warned of.</param>
/// <param name="heloName">How we introduce ourselves where a relay does not say otherwise.</param>
public sealed class RelayFactory(IDatabase database, TimeProvider clock, ILogger<Relay> log, string heloName)
{
    /// <summary>No relay beside the default one gets more.</summary>
    public const int MostHandOversAtOnce = 16;

    /// <summary>How we introduce ourselves where a relay does not say otherwise.</summary>
    public string HeloName => heloName;

    /// <summary>Where relays may be that are not the operator's; default: on the public internet.</summary>
    public RelayGuard Guard { get; init; } = new(AllowedNets.None);

    /// <summary>A relay with its secret.</summary>
    /// <param name="kept">How it is reached.</param>
    /// <param name="secret">Its password or API key.</param>
    /// <param name="isOperators">Whether it may be anywhere; one of a tenant is where <see cref="Guard"/> lets it.</param>
    public Relay Make(RelayRecord kept, string? secret, bool isOperators)
    {
        var transport = kept.Settings.Route.NeedsSecret && secret is null
            ? new UnusableTransport(new AttemptOutcome.Refused($"The relay '{kept.Name}' has no password or API key."))
            : Transport(kept, secret, isOperators ? null : Guard);
        return new(kept.Name, transport, kept.Settings.Limits, database, clock, log)
        {
            Owner = kept.Tenant,
            Host = (kept.Settings.Route as RelayRoute.Smtp)?.Host,
            Key = kept.Id.ToString("D"),
            From = kept.Settings.From is { } from ? Mailbox.Parse(from) : null,
            SenderDomains = kept.Settings.AllowedDomains,
            HandOversAtOnce = Math.Min(2 * kept.Settings.Sessions, MostHandOversAtOnce),
        };
    }

    /// <summary>Stands for a relay that was removed.</summary>
    public Relay Removed(Guid id) =>
        Stand(id, "removed", new AttemptOutcome.Refused($"The relay of this message ({id:D}) was removed; it goes by no other."));

    /// <summary>Stands for a relay whose secret cannot be opened; with the right master key it can again.</summary>
    public Relay Locked(Guid id) => Stand(id, "locked", new AttemptOutcome.Deferred(
        $"The credentials of the relay {id:D} cannot be opened: the master key (Secrets:KeyPath, WAYBILL_MASTER_KEY) is not the one that sealed them."));

    Relay Stand(Guid id, string name, AttemptOutcome outcome) =>
        new(name, new UnusableTransport(outcome), new RelayLimits(), database, clock, log) { Key = id.ToString("D") };

    ITransport Transport(RelayRecord kept, string? secret, RelayGuard? guard) => kept.Settings.Route switch
    {
        RelayRoute.Smtp smtp => new SmtpTransport(
            smtp.Endpoint(secret, heloName) with { Objection = guard is null ? null : guard.Objection },
            new SessionPoolLimits { MaxSessions = kept.Settings.Sessions }, clock),
        RelayRoute.Resend resend => new ResendTransport(
            new ResendAccount(resend.BaseUrl, secret!, $"the API key of the relay '{kept.Name}'"), kept.Settings.Sessions, clock, guard),
        var other => throw new System.Diagnostics.UnreachableException($"No transport for {other.GetType().Name}."),
    };
}
