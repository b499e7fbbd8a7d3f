using System.Text.RegularExpressions;
using Waybill.Testing;

namespace Waybill.Server.Specs.Running;

/// <summary>Holds docs/configuration.md complete: every setting and short name that the program reads stands there.</summary>
public sealed partial class The_page_of_settings
{
    [Fact]
    public async Task Names_every_setting_that_is_read()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs/configuration.md"));
        var read = Directory.EnumerateFiles(Repository.PathOf("src/Waybill.Server/Configuration"), "*.cs")
            .SelectMany(file => Read().Matches(File.ReadAllText(file)))
            .Select(setting => setting.Groups["name"].Value)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Superset(
            new HashSet<string>(["Data:Path", "SMTP_HOST", "Relay:Sessions", "WAYBILL_MASTER_KEY", "PublicUrl"], StringComparer.Ordinal),
            read);
        Assert.All(read, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    /// <summary>Text("…"), Whole("…", Rate("…", configuration["…"] and the pairs of the environment's contract.</summary>
    [GeneratedRegex("(Text\\(|Whole\\(|Rate\\(|configuration\\[|\\()\"(?<name>[A-Z][A-Za-z]*(:[A-Za-z]+)+|SMTP_[A-Z_]+|WAYBILL_[A-Z_]+|email\\.[a-z_]+|PublicUrl|ApiKey)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Read();
}
