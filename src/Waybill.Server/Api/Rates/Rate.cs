namespace Waybill.Server.Api.Rates;

/// <summary>How much may be asked in a second on average, and at once after a rest: a bucket that fills at the rate.</summary>
/// <param name="PerSecond">Requests; an email or event of a batch is one.</param>
internal sealed record Rate(int PerSecond)
{
    /// <summary>What a rested bucket holds: two seconds' worth.</summary>
    public long Burst => 2L * PerSecond;

    /// <summary>What a bucket holds some time after it held so much.</summary>
    public double Filled(double held, TimeSpan since) => Math.Min(Burst, held + (Math.Max(0, since.TotalSeconds) * PerSecond));

    /// <summary>How long until a bucket that holds so much holds what is wanted.</summary>
    public TimeSpan Until(double held, double wanted) => TimeSpan.FromSeconds(Math.Max(0, (Math.Min(wanted, Burst) - held) / PerSecond));
}

/// <summary>Where one stands with a rate, after a request that was let in or not.</summary>
/// <param name="IsOver">Whether the request is too much.</param>
/// <param name="Limit">Requests a second.</param>
/// <param name="Remaining">How many more would be let in at once.</param>
/// <param name="Reset">How long until as many as ever are let in again.</param>
/// <param name="Wait">How long until a request like this one is let in.</param>
internal readonly record struct Standing(bool IsOver, int Limit, long Remaining, TimeSpan Reset, TimeSpan Wait);
