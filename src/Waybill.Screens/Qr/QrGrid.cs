namespace Waybill.Screens.Qr;

/// <summary>The modules of a QR code: those with a function, and around them the data under a mask.</summary>
internal sealed class QrGrid
{
    const int Masks = 4;
    const int FormatMask = 0x5412;

    readonly bool[,] dark;
    readonly bool[,] isFixed;
    readonly int version;

    QrGrid(int version)
    {
        this.version = version;
        Size = 17 + 4 * version;
        (dark, isFixed) = (new bool[Size, Size], new bool[Size, Size]);
    }

    public int Size { get; }

    public bool this[int x, int y] => dark[x, y];

    /// <summary>The grid under the least blotchy of four masks; any can be read, and the other four are seldom better.</summary>
    public static QrGrid Best(int version, byte[] words) =>
        Enumerable.Range(0, Masks).Select(mask => Make(version, words, mask)).MinBy(grid => grid.Blotches())!;

    static QrGrid Make(int version, byte[] words, int mask)
    {
        var grid = new QrGrid(version);
        grid.DrawFinders();
        grid.DrawAlignment();
        for (var at = 0; at < grid.Size; at++)
        {
            if (!grid.isFixed[at, 6]) grid.Fix(at, 6, at % 2 == 0);
            if (!grid.isFixed[6, at]) grid.Fix(6, at, at % 2 == 0);
        }

        grid.DrawFormat(mask);
        grid.DrawVersion();
        grid.DrawWords(words, mask);
        return grid;
    }

    void Fix(int x, int y, bool isDark) => (dark[x, y], isFixed[x, y]) = (isDark, true);

    /// <summary>Squares in three corners, with their light border.</summary>
    void DrawFinders()
    {
        foreach (var (cx, cy) in ((int, int)[])[(3, 3), (Size - 4, 3), (3, Size - 4)])
            for (var dx = -4; dx <= 4; dx++)
                for (var dy = -4; dy <= 4; dy++)
                    if (IsInside(cx + dx) && IsInside(cy + dy)) Fix(cx + dx, cy + dy, Math.Max(Math.Abs(dx), Math.Abs(dy)) is not (2 or 4));
    }

    bool IsInside(int at) => at >= 0 && at < Size;

    /// <summary>Small squares where no large one is (annex E).</summary>
    void DrawAlignment()
    {
        var places = AlignmentPlaces();
        foreach (var cx in places)
            foreach (var cy in places)
                if (!isFixed[cx, cy])
                    for (var dx = -2; dx <= 2; dx++)
                        for (var dy = -2; dy <= 2; dy++) Fix(cx + dx, cy + dy, Math.Max(Math.Abs(dx), Math.Abs(dy)) != 1);
    }

    int[] AlignmentPlaces()
    {
        if (version == 1) return [];
        var count = version / 7 + 2;
        var step = (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2;
        return [6, .. Enumerable.Range(0, count - 1).Select(n => Size - 7 - step * n)];
    }

    /// <summary>Level M is 00, the mask follows; twice, and the one module that is always dark (§7.9).</summary>
    void DrawFormat(int mask)
    {
        var bits = WithChecks(mask, 10, 0x537) ^ FormatMask;
        for (var n = 0; n < 15; n++)
        {
            var isDark = ((bits >> n) & 1) == 1;
            Fix(8, n < 6 ? n : n < 8 ? n + 1 : Size - 15 + n, isDark);
            Fix(n < 8 ? Size - 1 - n : n < 9 ? 7 : 14 - n, 8, isDark);
        }

        Fix(8, Size - 8, true);
    }

    /// <summary>From version 7 on the version itself stands beside two finders (§7.10).</summary>
    void DrawVersion()
    {
        if (version < 7) return;
        var bits = WithChecks(version, 12, 0x1F25);
        for (var n = 0; n < 18; n++)
        {
            var (near, far, isDark) = (n / 3, Size - 11 + n % 3, ((bits >> n) & 1) == 1);
            Fix(near, far, isDark);
            Fix(far, near, isDark);
        }
    }

    static int WithChecks(int value, int length, int generator)
    {
        var rest = value;
        for (var n = 0; n < length; n++) rest = (rest << 1) ^ ((rest >> (length - 1)) * generator);
        return (value << length) | rest;
    }

    /// <summary>Two columns at a time from the right, up and down in turn, around what is fixed (§7.7.3).</summary>
    void DrawWords(byte[] words, int mask)
    {
        var next = 0;
        for (var right = Size - 1; right >= 1; right -= 2)
        {
            if (right == 6) right = 5;
            for (var n = 0; n < Size; n++)
                foreach (var x in (ReadOnlySpan<int>)[right, right - 1])
                {
                    var y = ((right + 1) & 2) == 0 ? Size - 1 - n : n;
                    if (isFixed[x, y]) continue;
                    var isDark = next < words.Length * 8 && ((words[next / 8] >> (7 - next % 8)) & 1) == 1;
                    dark[x, y] = isDark ^ IsTurned(mask, x, y);
                    next++;
                }
        }
    }

    /// <summary>The first four of table 10.</summary>
    static bool IsTurned(int mask, int x, int y) => mask switch
    {
        0 => (x + y) % 2 == 0,
        1 => y % 2 == 0,
        2 => x % 3 == 0,
        _ => (x + y) % 3 == 0,
    };

    /// <summary>Squares of two by two in one colour (§7.8.3.1).</summary>
    int Blotches() => Enumerable.Range(1, Size - 1).Sum(x => Enumerable.Range(1, Size - 1).Count(y =>
        dark[x, y] == dark[x - 1, y] && dark[x, y] == dark[x, y - 1] && dark[x, y] == dark[x - 1, y - 1]));
}
