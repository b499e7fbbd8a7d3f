using System.Globalization;

namespace Waybill.Bench.Measuring;

/// <summary>What the command line asked for.</summary>
/// <param name="Rows">Which rows, in order.</param>
/// <param name="Database">sqlite or postgres.</param>
/// <param name="Rounds">How often subject and anchor take turns.</param>
/// <param name="Seconds">How long each turn takes, where a turn has a length.</param>
/// <param name="Messages">How many messages a turn has, where it has a number.</param>
internal sealed record Asked(IReadOnlyList<string> Rows, string Database, int Rounds, int Seconds, int Messages)
{
    public bool IsPostgres => Database == "postgres";

    public static Asked Read(string[] args)
    {
        var rows = args.Where(word => !word.StartsWith("--", StringComparison.Ordinal)).ToArray();
        if (rows.Length == 0)
            throw new ArgumentException(
                "Name the rows: accept accept-only relay relay-template idle start events compose template template-python send strung "
                    + "receipt xlsx json json-dumps", nameof(args));
        var (rounds, seconds, messages) = (Number(args, "rounds", 5), Number(args, "seconds", 5), Number(args, "messages", 5_000));
        return new(rows, Option(args, "database", "sqlite"), rounds, seconds, messages);
    }

    static string Option(string[] args, string name, string standard) =>
        Array.Find(args, word => word.StartsWith($"--{name}=", StringComparison.Ordinal))?.Split('=', 2)[1] ?? standard;

    static int Number(string[] args, string name, int standard) =>
        int.Parse(Option(args, name, standard.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
}
