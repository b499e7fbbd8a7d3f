using System.Diagnostics;
using System.Text.Json;
using Waybill.Engine.Routing;

namespace Waybill.Server.Api.Routing;

/// <summary>A stream as our API shows it: its whole policy, and the names of the settings that are not at their defaults.</summary>
internal sealed record StreamAnswer
{
    public StreamAnswer(StreamPolicy policy, StreamSettings settings)
    {
        Name = policy.Name;
        HandOver = Word(policy.HandOver);
        Attempts = policy.Attempts;
        Waits = [.. policy.Waits.Select(wait => wait.TotalSeconds)];
        Jitter = policy.Jitter;
        RetriedAfter =
            [.. Enum.GetValues<Deferral>().Where(one => int.PopCount((int)one) == 1 && policy.RetriedAfter.HasFlag(one)).Select(Word)];
        HonoursRetryAfter = policy.HonoursRetryAfter;
        RetryOnceOnConnectionFault = policy.RetryOnceOnConnectionFault;
        NoRecipient = Word(policy.OnNoRecipient);
        NoRelay = Word(policy.OnNoRelay);
        Unknown = Word(policy.OnUnknown);
        Suppressed = Word(policy.OnSuppressed);
        KeptDays = policy.Kept is Kept.For(var days) ? JsonSerializer.SerializeToElement(days, ApiJson.Default.Int32) : ForEver;
        Unsubscribe = policy.OffersUnsubscribe;
        AtCap = Word(policy.AtCap);
        DefaultRelayOnly = policy.DefaultRelayOnly;
        Changed = [.. StreamChangeReader.Names(settings)];
    }

    public string Object { get; } = "stream";

    public string Name { get; }

    public string HandOver { get; }

    public int Attempts { get; }

    public IReadOnlyList<double> Waits { get; }

    public double Jitter { get; }

    public IReadOnlyList<string> RetriedAfter { get; }

    public bool HonoursRetryAfter { get; }

    public bool RetryOnceOnConnectionFault { get; }

    public string NoRecipient { get; }

    public string NoRelay { get; }

    public string Unknown { get; }

    public string Suppressed { get; }

    /// <summary>Whole days, or the text <c>forever</c>.</summary>
    public JsonElement KeptDays { get; }

    public bool Unsubscribe { get; }

    public string AtCap { get; }

    public bool DefaultRelayOnly { get; }

    public IReadOnlyList<string> Changed { get; }

    static JsonElement ForEver { get; } = JsonSerializer.SerializeToElement(StreamChangeReader.ForEver, ApiJson.Default.String);

    static string Word<T>(T value) where T : notnull => value switch
    {
        OnNoRecipient.Keep => "skipped_no_email",
        OnNoRecipient.Log or OnNoRelay.Log or OnSuppressed.Log => "log",
        OnNoRecipient.LogQuietly => "debug",
        OnNoRecipient.Warn => "warn",
        OnNoRecipient.Refuse => "error",
        OnNoRelay.Capture => "captured",
        OnNoRelay.DropWithWarning => "dropped_no_smtp",
        OnNoRelay.Fail or OnSuppressed.Fail => "failed",
        OnUnknown.Hold => "held",
        OnUnknown.HoldAsFailed => "held_as_failed",
        OnSuppressed.Suppress => "suppressed",
        OnSuppressed.SendAnyway => "sent",
        Enum word => JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString()),
        _ => throw new UnreachableException($"No word for {value}."),
    };
}

/// <summary>All streams.</summary>
internal sealed record StreamListAnswer(IReadOnlyList<StreamAnswer> Data)
{
    public string Object { get; } = "list";
}
