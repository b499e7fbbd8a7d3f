using System.Text;
using Waybill.Testing;
using Waybill.Testing.Real;
using Xunit;

namespace Waybill.Engine.Specs.Mails;

/// <summary>Writes <c>docs/mails</c>: each of the sixty on a phone and on a desk, by day and at night, held against axe.</summary>
[Trait("Category", "Long"), Trait("Long", "mails")]
public sealed class Pictures_of_all_mails
{
    static readonly string Folder = Repository.PathOf("docs/mails");

    [Fact]
    public async Task Show_nothing_that_is_too_wide_or_that_axe_calls_serious()
    {
        await using var chromium = await Chromium.StartAsync("pictures.conf");
        Empty();
        var faults = new List<string>();
        foreach (var (width, isDark) in new[] { (360, false), (360, true), (640, false), (640, true) })
        {
            var window = await Window.OpenAsync(chromium, width, isDark);
            foreach (var mail in MailSet.All) faults.AddRange(await LookAsync(window, mail, isDark ? "dark" : "light"));
        }

        await File.WriteAllTextAsync(Path.Combine(Folder, "README.md"), Sheet());
        Assert.Empty(faults);
    }

    static void Empty()
    {
        Directory.CreateDirectory(Folder);
        foreach (var old in Directory.GetFiles(Folder, "*.png")) File.Delete(old);
    }

    static async Task<IEnumerable<string>> LookAsync(Window window, SampleMail mail, string mode)
    {
        await window.ShowAsync(mail);
        var overhang = await window.OverhangAsync();
        var faults = await window.SeriousFaultsAsync();
        var picture = FormattableString.Invariant($"{mail.Name}-{window.Width}-{mode}.png");
        var path = Path.Combine(Folder, picture);
        await window.TakePictureAsync(path);
        await ReduceAsync(path);
        return faults.Concat(overhang > 0 ? [FormattableString.Invariant($"{overhang} px too wide")] : [])
            .Select(fault => $"{picture}: {fault}");
    }

    /// <summary>To a palette of few colours, so that all of them together stay small.</summary>
    static async Task ReduceAsync(string path)
    {
        var run = await ProgramRun.OfAsync("pngquant", ["--force", "--strip", "--nofs", "--speed", "3", "--output", path, "48", path]);
        Assert.Equal("", run.Complaints);
    }

    static string Sheet()
    {
        var sheet = new StringBuilder(
            $"""
            # What the mails look like

            All {MailSet.All.Count} templates that are tried, filled with their samples, as Chromium shows them: on a desk (640 px) and on a phone (360 px), by day and at
            night. The ones called `accounts.…` ship; the others were made up to try the layout. `./test --long mails` takes them anew.

            """);
        foreach (var brand in MailSet.All.GroupBy(mail => mail.Brand.Name)) WriteBrand(sheet, brand);
        return sheet.ToString();
    }

    static void WriteBrand(StringBuilder sheet, IGrouping<string, SampleMail> brand)
    {
        var face = brand.First().Brand;
        sheet.Append(null, $"\n## {face.Name}\n\nBrand colour {face.Colour.Hex}, {(face.Logo is null ? "without" : "with")} a logo.\n\n");
        sheet.Append("| Mail | Desk, day | Phone, night | Also |\n|---|---|---|---|\n");
        foreach (var mail in brand)
        {
            sheet.Append(null, $"| `{mail.Name}`<br>{mail.Rendered.Subject.Replace("|", "\\|", StringComparison.Ordinal)} ");
            sheet.Append(null, $"| <img src=\"{mail.Name}-640-light.png\" width=\"280\" alt=\"\"> ");
            sheet.Append(null, $"| <img src=\"{mail.Name}-360-dark.png\" width=\"160\" alt=\"\"> ");
            sheet.Append(null, $"| [desk, night]({mail.Name}-640-dark.png)<br>[phone, day]({mail.Name}-360-light.png) |\n");
        }
    }
}
