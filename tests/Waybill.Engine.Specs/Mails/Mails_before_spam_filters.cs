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
    static readonly string[] NotOfForm = [];

    [Fact]
    public async Task SpamAssassin_finds_no_fault_of_form()
    {
        using var folder = new TemporaryFolder();
        var faults = new List<string>();
        foreach (var mail in MailSet.All)
        {
            var path = Path.Combine(folder.Path, "mail.eml");
            await File.WriteAllBytesAsync(path, await mail.ComposeAsync());
            faults.AddRange((await AskSpamAssassinAsync(path)).Select(rule => $"{mail.Name}: {rule}"));
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Rspamd_finds_no_fault_of_form()
    {
        await using var rspamd = await Rspamd.StartAsync();
        var faults = new List<string>();
        foreach (var mail in MailSet.All)
        {
            var found = await rspamd.FaultsOfAsync(await mail.ComposeAsync());
            faults.AddRange(found.Where(symbol => !NotOfForm.Contains(symbol.Key)).Select(symbol => FormattableString.Invariant($"{mail.Name}: {symbol.Key} {symbol.Value}")));
        }

        Assert.Empty(faults);
    }

    static async Task<IEnumerable<string>> AskSpamAssassinAsync(string path)
    {
        var run = await ProgramRun.OfAsync("sh", ["-c", "spamassassin -L -t <\"$1\"", "sh", path]);
        Assert.Equal(0, run.ExitCode);
        return Rule().Matches(run.Text)
            .Select(match => (Points: double.Parse(match.Groups["points"].Value, System.Globalization.CultureInfo.InvariantCulture), Name: match.Groups["name"].Value))
            .Where(rule => rule.Points > 0 && !NotOfForm.Contains(rule.Name))
            .Select(rule => FormattableString.Invariant($"{rule.Name} {rule.Points}"));
    }

    /// <summary>A line of its report: points, name, and what it means.</summary>
    [GeneratedRegex(@"^ *(?<points>-?\d+\.\d+) (?<name>[A-Z0-9_]{3,}) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rule();
}
