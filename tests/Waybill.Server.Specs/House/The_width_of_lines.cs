using System.Text.RegularExpressions;
using Waybill.Testing;

namespace Waybill.Server.Specs.House;

public partial class The_width_of_lines
{
    const int Columns = 140;

    /// <summary>A text that cannot be broken, in quotes or in a raw literal of several lines, may be longer.</summary>
    [Fact]
    public void Is_what_the_editor_is_told()
    {
        var wide = Files().SelectMany(WideOnes).ToList();

        Assert.Contains("max_line_length = 140", File.ReadAllText(Repository.PathOf(".editorconfig")), StringComparison.Ordinal);
        Assert.Empty(wide);
    }

    [Fact]
    public void Is_measured_without_texts()
    {
        var long_text = new string('x', 200);

        Assert.Empty(Wide([$"    var text = \"{long_text}\";", "    var raw = \"\"\"", $"        {long_text}", "        \"\"\";"]));
        Assert.Single(Wide([$"    var {long_text} = 1;"]));
        Assert.Single(Wide([$"    /// {long_text}"]));
    }

    static IEnumerable<string> Files() => new[] { "src", "tests", "bench", "samples" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    static IEnumerable<string> WideOnes(string file) => Wide(File.ReadAllLines(file)).Select(number => $"{file}:{number}");

    static IEnumerable<int> Wide(string[] lines)
    {
        var isRaw = false;
        for (var n = 0; n < lines.Length; n++)
        {
            var marks = Mark().Count(lines[n]);
            var isText = isRaw || marks > 0;
            if (marks % 2 == 1) isRaw = !isRaw;
            if (!isText && Text().Replace(lines[n], "\"\"").Length > Columns) yield return n + 1;
        }
    }

    [GeneratedRegex("\"{3,}", RegexOptions.None, 10_000)]
    private static partial Regex Mark();

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"", RegexOptions.None, 10_000)]
    private static partial Regex Text();
}
