using Waybill.Engine.Blobs;

namespace Waybill.RacketBook.Logos;

/// <summary>Which logos of a stringer may go.</summary>
static class LogoLeftovers
{
    /// <summary>How long a logo stays after another took its place: a backup of the blobs may be taken as long after the one of the database.</summary>
    internal static TimeSpan Kept { get; } = TimeSpan.FromDays(7);

    /// <summary>
    /// A logo was replaced, at the latest, when the next one was put there. The newest stays in any case: a row may be about to name it, or it
    /// was given up and nobody knows when.
    /// </summary>
    /// <param name="logos">All logos of one stringer that there are.</param>
    /// <param name="named">The one that the stringer has; null: none.</param>
    /// <param name="now">The present time.</param>
    internal static IEnumerable<BlobKey> Of(IEnumerable<StoredBlob> logos, Guid? named, DateTimeOffset now)
    {
        var inOrder = logos.OrderBy(logo => logo.At).ToList();
        return inOrder.Zip(inOrder.Skip(1)).Where(pair => pair.Second.At < now - Kept && pair.First.Key.Id != named).Select(pair => pair.First.Key);
    }
}
