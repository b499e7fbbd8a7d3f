using System.Globalization;

namespace Waybill.Server.Connections;

/// <summary>How many connections there may be at a time.</summary>
/// <param name="Served">Those that are served.</param>
/// <param name="Surplus">Those beyond, which are told to come back.</param>
/// <param name="OfOneAddress">Of those that are served, how many may come from one address.</param>
internal sealed record ConnectionLimits(int Served, int Surplus, int OfOneAddress)
{
    /// <summary>What a settings file may ask for.</summary>
    public const int Fewest = 32, Most = 1_000_000;

    /// <summary>More than this by default would be a matter of memory, not of descriptors.</summary>
    const int Standard = 16_384;

    /// <summary>Libraries of the runtime, database, relays and files need descriptors of their own.</summary>
    const int Reserve = 448;

    /// <summary>Those of the control socket, which are counted apart so that its owner gets in during a flood.</summary>
    public static ConnectionLimits OfControl { get; } = new(Served: 24, Surplus: 8, OfOneAddress: 24);

    /// <summary>
    /// How many connections fit under a limit of descriptors: an eighth of them, or what is needed at least, is kept for the rest.
    /// </summary>
    public static int RoomIn(int descriptors) => descriptors - Math.Max(Reserve, descriptors / 8);

    /// <summary>The limits for what was asked, or for as many as there is room for.</summary>
    /// <param name="descriptors">How many files the process may have open; null: nobody knows.</param>
    /// <param name="asked">What the settings say, at least <see cref="Fewest"/>.</param>
    public static ConnectionLimits For(int? descriptors, int? asked)
    {
        var all = asked ?? Math.Min(Standard, descriptors is { } files ? RoomIn(files) : Standard);
        var surplus = Math.Clamp(all / 16, 4, 256);
        return new(all - surplus, surplus, (all - surplus) / 2);
    }

    /// <summary>Why what was asked does not fit; null: it does.</summary>
    public static string? ProblemOf(int? descriptors, int? asked) => descriptors is { } files && asked > RoomIn(files)
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"Server:MaxConnections is {asked}, but this process may have {files} files open (RLIMIT_NOFILE), which leaves room for {RoomIn(files)} connections. Raise that limit (LimitNOFILE in a systemd unit, ulimit -n in a shell), or ask for fewer.")
        : null;
}
