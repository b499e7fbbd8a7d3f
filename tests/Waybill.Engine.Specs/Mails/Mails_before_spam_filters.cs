using System.Text.RegularExpressions;
using Waybill.Testing;
using Waybill.Testing.Real;
using Xunit;

namespace Waybill.Engine.Specs.Mails;

/// <summary>
/// What filters say of the form of the sixty mails. What they ask DNS, and what only a message that travelled has, is not their form.
/// </summary>
[Trait("Category", "Long"), Trait("Long", "mails")]
public partial class Mails_before_spam_filters
{
    /// <summary>Reserved as .example is, but under a domain that exists: rspamd calls a link to any other one obscured.</summary>
    const string Domain = ".example.org";

    static readonly string[] NotOfForm =
    [
        "HFILTER_HOSTNAME_UNKNOWN", // there is no DNS
        "MANY_INVISIBLE_PARTS", // 0.05 for the preheader, which is meant for the inbox
        "MIME_BASE64_TEXT", // 0.1 for a script that is longer in quoted-printable; the content is 7-bit on purpose
        "URI_COUNT_ODD", // a picture that is fetched: its address is no link, and not in the text
        "SUBJ_ALL_CAPS", // a script without capitals beside an order number
        "R_MIXED_CHARSET", // a name or a picture of another script in the subject
    ];

    [Fact]
    public async Task SpamAssassin_finds_no_fault_of_form()
    {
        using var folder = new TemporaryFolder();
        var faults = new List<string>();
        foreach (var mail in MailSet.All)
        {
            var path = Path.Combine(folder.Path, "mail.eml");
            await File.WriteAllBytesAsync(path, await mail.ComposeAsync(Domain));
            faults.AddRange((await AskSpamAssassinAsync(path)).Select(rule => $"{mail.Name}: {rule}"));
        }

        Assert.Equal("", string.Join('\n', faults));
    }

    [Fact]
    public async Task Rspamd_finds_no_fault_of_form()
    {
        await using var rspamd = await Rspamd.StartAsync();
        var faults = new List<string>();
        foreach (var mail in MailSet.All)
        {
            var found = await rspamd.FaultsOfAsync(await mail.ComposeAsync(Domain));
            faults.AddRange(found.Where(symbol => !NotOfForm.Contains(symbol.Name)).Select(symbol => $"{mail.Name}: {symbol}"));
        }

        Assert.Equal("", string.Join('\n', faults));
    }

    static async Task<IEnumerable<string>> AskSpamAssassinAsync(string path)
    {
        var run = await ProgramRun.OfAsync("sh", ["-c", "spamassassin -L -t <\"$1\"", "sh", path]);
        Assert.Equal(0, run.ExitCode);
        return Rule().Matches(run.Text)
            .Where(rule => !rule.Groups["points"].Value.StartsWith('-') && rule.Groups["points"].Value != "0.0")
            .Select(rule => rule.Groups["name"].Value)
            .Except(NotOfForm);
    }

    /// <summary>A line of its report: points, name, and what it means.</summary>
    [GeneratedRegex(
        @"^ *(?<points>-?\d+\.\d+) (?<name>[A-Z0-9_]{3,}) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rule();
}
