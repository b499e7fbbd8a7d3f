namespace Waybill.Engine.Sharing;

/// <summary>
/// How many places one of many may hold: never more than are left free. So a few are free for somebody who comes anew, until a dozen hold
/// as many as they may (the dynamic threshold of Choudhury and Hahne, 1998).
/// </summary>
internal static class Share
{
    /// <summary>How many places more one may take.</summary>
    /// <param name="held">How many it holds.</param>
    /// <param name="free">How many nobody holds.</param>
    /// <param name="most">How many it may ever hold.</param>
    public static int More(int held, int free, int most)
    {
        var more = Math.Min(most - held, (free - held) / 2);
        return more > 0 ? more : held == 0 && free > 0 && most > 0 ? 1 : 0;
    }

    /// <summary>
    /// How many of those that are due to claim now. Claims are to be large, so a share that is well at work gets nothing before half of
    /// what it holds is done.
    /// </summary>
    /// <param name="wanted">How many are due.</param>
    /// <param name="held">How many places the share holds.</param>
    /// <param name="more">How many more it may take.</param>
    public static int ToClaim(int wanted, int held, int more) => wanted > more && held > more ? 0 : Math.Min(wanted, more);
}
