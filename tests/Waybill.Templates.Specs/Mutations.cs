using System.Text;
using Waybill.Testing;

namespace Waybill.Templates.Specs;

/// <summary>
/// Templates that nobody would write, made from sixty that somebody did: cut, spliced, repeated, sprinkled with signs of the language.
/// </summary>
internal sealed class Mutations(int seed)
{
    const int Longest = 300_000;

    static readonly string[] Seeds = [.. Bodies("tests/Fixtures/Mails"), .. Bodies("src/Waybill.Engine/Catalogue/Shipped")];

    static readonly string[] Signs =
    [
        "{{", "}}", "{{{", "}}}", "{{#if a}}", "{{else}}", "{{/if}}", "{{#each l}}", "{{/each}}", "{{#with l}}", "{{/with}}", "{{../a}}",
        "{{@index}}", "{{@brand.name}}", "{{> button label=a url=a}}", "{{#> facts}}", "{{/facts}}", "{{#> notice}}", "{{/notice}}",
        "{{> rows of=l cells=\"a, b\"}}", "{{> code value=a}}", "{{default a (date a)}}", "{{money b currency=\"CHF\"}}", "{{!--", "--}}",
        "\\{{", "|", "|-|-|\n", "\n\n", "\n", "- ", "1. ", "> ", "# ", "```\n", "*", "_", "[", "](", ")", "![", "<", ">", "&", "&#x41;",
        "<a href=\"{{a}}\">", "</a>", "<table>", "<td>", "</table>", "<style>", "</style>", "<!--", "-->",
        "<p style=\"color:{{@brand.colour}}\">", "javascript:", "https://x.example/{{a}}", "\u202e", "\0", "\ud83d", "😀", "\ufdd0", "\t",
        "    ",
    ];

    readonly Random random = new(seed);

    /// <summary>Another one.</summary>
    public string Next()
    {
        var text = new StringBuilder(Pick(Seeds));
        for (var turns = random.Next(1, 8); turns > 0; turns--) Change(text);
        return text.ToString(0, Math.Min(text.Length, Longest));
    }

    void Change(StringBuilder text)
    {
        switch (random.Next(5))
        {
            case 0:
                text.Insert(random.Next(text.Length + 1), Pick(Signs));
                break;
            case 1:
                text.Insert(random.Next(text.Length + 1), Pick(Signs), Times());
                break;
            case 2:
                var (start, length) = Slice(text.Length);
                text.Insert(random.Next(text.Length + 1), text.ToString(start, length), Math.Min(Times(), 1 + Longest / (1 + length)));
                break;
            case 3:
                (start, length) = Slice(text.Length);
                text.Remove(start, length);
                break;
            default:
                var other = Pick(Seeds);
                (start, length) = Slice(other.Length);
                text.Insert(random.Next(text.Length + 1), other.AsSpan(start, length));
                break;
        }

        if (text.Length > Longest) text.Length = Longest;
    }

    /// <summary>Mostly a few, at times very many.</summary>
    int Times() => random.Next(4) == 0 ? random.Next(1, 20_000) : random.Next(1, 20);

    (int Start, int Length) Slice(int of)
    {
        var start = random.Next(of + 1);
        return (start, random.Next(Math.Min(of - start, 400) + 1));
    }

    string Pick(string[] all) => all[random.Next(all.Length)];

    static IEnumerable<string> Bodies(string folder) => Directory.GetFiles(Repository.PathOf(folder), "*.*.md")
        .Select(path => FrontMatter.Read(Path.GetFileNameWithoutExtension(path), "en", File.ReadAllText(path)).Source!.Body);
}
