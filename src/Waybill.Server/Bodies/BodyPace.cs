using System.Globalization;

namespace Waybill.Server.Bodies;

/// <summary>How fast a body has to come: a pure rule.</summary>
/// <param name="Whole">How long its sender may take in all.</param>
/// <param name="Rate">Octets a second that a large one has to come with on average, once the grace is over.</param>
internal sealed record BodyPace(TimeSpan Whole, long Rate)
{
    /// <summary>More than this is large.</summary>
    public const long Large = 1 << 20;

    /// <summary>A small body may come by a thin line, but it has to come.</summary>
    const long LeastRate = 240;

    /// <summary>How long nothing is asked of a body.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>How often it is looked at while nothing comes.</summary>
    public TimeSpan Step => Whole < TimeSpan.FromSeconds(2) ? Whole / 4 : TimeSpan.FromSeconds(1);

    /// <summary>What is wrong; null while nothing is.</summary>
    /// <param name="come">Octets that have come.</param>
    /// <param name="announced">Octets of the whole body, if that was said.</param>
    /// <param name="waited">How long its sender was waited for.</param>
    public string? Objection(long come, long? announced, TimeSpan waited)
    {
        if (waited >= Whole) return Say($"The request body took longer than {Whole.TotalSeconds:0.#} seconds to come.");
        if (waited < Grace) return null;
        var rate = come > Large || announced > Large ? Math.Max(Rate, OnCourse(announced)) : Math.Min(Rate, LeastRate);
        return come < rate * (waited - Grace).TotalSeconds
            ? Say($"The request body comes too slowly: less than {rate:N0} octets a second.")
            : null;
    }

    /// <summary>
    /// Memory is kept for a body that was announced: it has to come at half the rate at least with which it would just be in time.
    /// </summary>
    long OnCourse(long? announced) => (long)((announced ?? 0) / Whole.TotalSeconds / 2);

    static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
