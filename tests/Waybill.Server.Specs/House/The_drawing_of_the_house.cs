using System.Text.RegularExpressions;
using System.Xml.Linq;
using Waybill.Testing;

namespace Waybill.Server.Specs.House;

/// <summary>The drawing at the head of ARCHITECTURE.md is what the projects say, so that it stays true.</summary>
public partial class The_drawing_of_the_house
{
    const string Prefix = "Waybill.";
    const string Renewal = "WAYBILL_RENEW=drawing ./test --quick Server -class '*The_drawing_of_the_house'";

    static readonly string Page = Repository.PathOf("ARCHITECTURE.md");

    [Fact]
    public async Task Is_made_of_the_projects_references()
    {
        var page = await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken);
        var start = page.IndexOf("```\n", StringComparison.Ordinal) + 4;
        var end = page.IndexOf("```", start, StringComparison.Ordinal);
        var drawing = Draw(References());
        if (Environment.GetEnvironmentVariable("WAYBILL_RENEW") == "drawing")
        {
            page = page[..start] + drawing + page[end..];
            await File.WriteAllTextAsync(Page, page, TestContext.Current.CancellationToken);
            return;
        }

        Assert.True(page[start..end] == drawing, $"The projects draw another house. Renew it with: {Renewal}\n\n{drawing}");
    }

    [Fact]
    public void Leaves_out_what_follows_from_what_it_shows() => Assert.Equal(
        "Top    ── Middle\nMiddle ── Low\nLow\n",
        Draw(new() { ["Low"] = [], ["Middle"] = ["Low"], ["Top"] = ["Low", "Middle"] }));

    [Fact]
    public void Stands_above_a_page_that_names_files_which_exist()
    {
        var source = Repository.PathOf("src");
        var files = Directory.EnumerateFiles(source, "*.*", SearchOption.AllDirectories)
            .Select(file => "/" + Path.GetRelativePath(source, file)[Prefix.Length..]).ToList();
        var named = NamedFile().Matches(File.ReadAllText(Page)).Select(match => match.Groups["file"].Value).Distinct(StringComparer.Ordinal)
            .ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(files, file => file.EndsWith("/" + name, StringComparison.Ordinal)));
    }

    [GeneratedRegex("`(?<file>[A-Za-z/]+\\.(?:cs|razor))`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedFile();

    static Dictionary<string, string[]> References() =>
        Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
        .ToDictionary(Named, file => XDocument.Load(file).Descendants("ProjectReference")
            .Select(reference => Named(reference.Attribute("Include")!.Value)).ToArray(), StringComparer.Ordinal);

    static string Named(string path) => Path.GetFileNameWithoutExtension(path)[Prefix.Length..];

    // One line a project, the highest floor first; a reference that another one brings along is not drawn.
    static string Draw(Dictionary<string, string[]> references)
    {
        var width = references.Keys.Max(name => name.Length);
        var lines = references.Keys.OrderByDescending(Floor).ThenBy(name => name, StringComparer.Ordinal).Select(name =>
            Needed(name) is { Length: > 0 } below ? $"{name.PadRight(width)} ── {string.Join(", ", below)}" : name);
        return string.Concat(lines.Select(line => line + '\n'));

        int Floor(string name) => references[name].Select(Floor).DefaultIfEmpty().Max() + 1;
        IEnumerable<string> Below(string name) => references[name].SelectMany(other => Below(other).Append(other));
        string[] Needed(string name) =>
            [.. references[name].Except(references[name].SelectMany(Below), StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
