using System.Diagnostics.Metrics;

namespace Waybill.Engine.Counting;

/// <summary>What this node counts, under the meter <see cref="MeterName"/>. No tenant, no address and no subject is in any of it.</summary>
public static class Instruments
{
    /// <summary>What a listener asks for.</summary>
    public const string MeterName = "Waybill";

    static readonly Meter Meter = new(MeterName);

    internal static readonly Counter<long> Accepted = Meter.CreateCounter<long>(
        "waybill.messages.accepted", description: "Messages taken in, by stream.");

    internal static readonly Counter<long> Outcomes = Meter.CreateCounter<long>(
        "waybill.recipients.outcomes", description: "What relays said of recipients: accepted, deferred, refused or unknown.");

    internal static readonly Histogram<double> HandOver = Meter.CreateHistogram<double>(
        "waybill.hand_over.duration", unit: "s", description: "How long hand-overs to relays took.");

    internal static readonly Counter<long> CapWarnings = Meter.CreateCounter<long>(
        "waybill.relay.cap_warnings", description: "Times that 80 % of a relay's cap were reached.");

    internal static readonly Counter<long> Rests = Meter.CreateCounter<long>(
        "waybill.relay.rests", description: "Times that a relay was not reached and began to rest, and that such a rest was over.");

    internal static readonly Counter<long> Duties = Meter.CreateCounter<long>(
        "waybill.duties.runs", description: "Runs of duties: done, failed, given up after too long, ended by a lost term or by a stop.");

    internal static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
