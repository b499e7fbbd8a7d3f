using System.Text.RegularExpressions;
using Waybill.Testing;

namespace Waybill.Server.Specs.House;

/// <summary>
/// A room is a folder of the engine, and its namespace. What it uses of other rooms is what its files import, for nothing is imported that
/// is not used (IDE0005). Each room can be read with those below it alone.
/// </summary>
public partial class The_rooms_of_the_engine
{
    const int MostLines = 2500;

    /// <summary>The unit of work, the events in it and what the bus owes for them know each other.</summary>
    static readonly string[] Circle = ["Accepting", "Bus", "Events"];

    static readonly string Engine = Repository.PathOf("src/Waybill.Engine");

    [Fact]
    public void Lie_in_no_circle_but_one() => Assert.Equal([Circle], Circles(Arrows()));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Are_small_enough_to_be_read(string room) =>
        Assert.InRange(Files(room).Sum(file => File.ReadLines(file).Count()), 1, MostLines);

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Name_a_type_of_another_room_only_by_an_import(string room) =>
        Assert.All(Files(room), file => Assert.DoesNotMatch(Qualified(), Import().Replace(File.ReadAllText(file), "")));

    [Fact]
    public void Would_be_found_in_a_circle() => Assert.Equal(
        [["A", "B", "C"]],
        Circles(new() { ["A"] = ["B"], ["B"] = ["C", "D"], ["C"] = ["A"], ["D"] = [] }));

    public static TheoryData<string> Rooms() =>
        [.. Directory.GetDirectories(Engine).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    static string[] Files(string room) => Directory.GetFiles(Path.Combine(Engine, room), "*.cs", SearchOption.AllDirectories);

    static Dictionary<string, HashSet<string>> Arrows() => Directory.GetDirectories(Engine).Select(folder => Path.GetFileName(folder))
        .ToDictionary(room => room, room => Files(room)
            .SelectMany(file => Import().Matches(File.ReadAllText(file)).Select(match => match.Groups["room"].Value))
            .Where(other => other != room).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    // Those who reach each other, by name.
    static string[][] Circles(Dictionary<string, HashSet<string>> arrows)
    {
        var reached = arrows.Keys.ToDictionary(room => room, Reach, StringComparer.Ordinal);
        return [.. arrows.Keys
            .Select(room => reached[room].Where(other => reached[other].Contains(room)).Order(StringComparer.Ordinal).ToArray())
            .Where(circle => circle.Length > 0).DistinctBy(circle => circle[0], StringComparer.Ordinal)];

        HashSet<string> Reach(string room)
        {
            var (seen, waiting) = (new HashSet<string>(StringComparer.Ordinal), new Stack<string>(arrows[room]));
            while (waiting.TryPop(out var next))
                if (seen.Add(next)) foreach (var further in arrows[next]) waiting.Push(further);
            return seen;
        }
    }

    [GeneratedRegex(
        @"^using (static |\w+ = )?Waybill\.Engine\.(?<room>\w+)[\w.]*;$", RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Import();

    [GeneratedRegex(@"(?<!namespace Waybill\.)\bEngine\.[A-Z]\w+\.[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Qualified();
}
