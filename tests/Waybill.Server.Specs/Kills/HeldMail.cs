using Waybill.Testing;
using Waybill.Testing.Smtp;

namespace Waybill.Server.Specs.Kills;

/// <summary>Mail that a node holds, begun and not begun, because its relay answers no final dot.</summary>
internal static class HeldMail
{
    const int Emails = 120;

    /// <summary>Posts more than the node has sessions, and waits until each of them waits for its answer.</summary>
    public static async Task<Poster> PostAsync(ServerProcess node, BookkeepingRelay relay)
    {
        relay.HoldAnswers();
        var poster = new Poster(node.Client, perSecond: 1);
        await Task.WhenAll(Enumerable.Range(1, Emails).Select(poster.PostAsync));
        await Eventually.IsTrueAsync("all sessions to wait", () => Task.FromResult(relay.Count == RelaySettings.Sessions));
        return poster;
    }
}
