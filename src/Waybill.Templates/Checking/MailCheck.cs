using System.Text;
using System.Text.RegularExpressions;
using Waybill.Templates.Language;

namespace Waybill.Templates.Checking;

/// <summary>Looks at the mail that the samples make.</summary>
internal static partial class MailCheck
{
    /// <summary>Gmail shows no more of a mail, and hides the rest behind a link.</summary>
    const int GmailClips = 102 * 1024;

    const double Readable = 4.5;

    public static void Look(CompiledTemplate template, BrandFace brand, Problems problems)
    {
        var rendering = template.Render(SampleData.Of(template.Source.Variables), brand, new(template.Source.Locale, TimeZoneInfo.Utc));
        if (rendering is Rendering.Rendered mail) Look(template.Source, mail, problems);
        else if (rendering is Rendering.Refused refused) Tell(template.Source, refused, problems);
    }

    /// <summary>Without any sample nothing can be said.</summary>
    static void Tell(TemplateSource source, Rendering.Refused refused, Problems problems)
    {
        var message = $"With the samples: {refused.Message}";
        if (source.Variables.Any(variable => variable.Sample is not null)) problems.Refuse(new(refused.Line, refused.Column), message);
        else problems.Warn(new(refused.Line, refused.Column), message);
    }

    static void Look(TemplateSource source, Rendering.Rendered mail, Problems problems)
    {
        var size = Encoding.UTF8.GetByteCount(mail.Html);
        if (size > GmailClips)
            problems.Warn(
                new(source.BodyLine, 1),
                $"The HTML has {size / 1024} KB with the samples, and Gmail cuts a mail off at 102 KB: shorten it.");
        if (mail.Subject.Length == 0)
            problems.Warn(new(source.SubjectLine, 1, Part: TemplatePart.Subject), "The subject is empty with the samples.");
        if (source.Format == TemplateFormat.Html) LookAtContrast(source, problems);
        if (source.Text is not null) LookAtOwnText(mail, problems);
    }

    /// <summary>Where one style gives both colours; what inherits is not followed. The default layout keeps contrast by its rule.</summary>
    static void LookAtContrast(TemplateSource source, Problems problems)
    {
        foreach (Match style in Style().Matches(source.Body))
        {
            var (ink, paper) = (Ink().Match(style.Value), Paper().Match(style.Value));
            if (!ink.Success || !paper.Success) continue;
            var contrast = BrandColour.Contrast(Long(ink.Groups["hex"].Value), Long(paper.Groups["hex"].Value));
            var at = new Place(source.BodyLine, 1).After(source.Body.AsSpan(0, style.Index));
            if (contrast < Readable)
                problems.Warn(
                    at,
                    FormattableString.Invariant(
                        $"The letters are hard to read: their contrast with the background is {contrast:0.0} to 1, and should be 4.5 to 1."));
        }
    }

    static string Long(string hex) => hex.Length == 6 ? $"#{hex}" : $"#{hex[0]}{hex[0]}{hex[1]}{hex[1]}{hex[2]}{hex[2]}";

    /// <summary>What the HTML says in numbers and links the text must say, too.</summary>
    static void LookAtOwnText(Rendering.Rendered mail, Problems problems)
    {
        var shown = System.Net.WebUtility.HtmlDecode(Tags().Replace(mail.Html, " "));
        var missing = Numbers().Matches(shown).Select(number => number.Value)
            .Concat(Hrefs().Matches(mail.Html).Select(link => System.Net.WebUtility.HtmlDecode(link.Groups["url"].Value)))
            .Where(told => !mail.Text.Contains(told.Replace("mailto:", "", StringComparison.OrdinalIgnoreCase), StringComparison.Ordinal))
            .Distinct().Take(5).ToList();
        if (missing.Count > 0)
            problems.Warn(
                new(1, 1),
                $"The text part says less than the HTML: it lacks {string.Join(", ", missing)}. Add it, or leave the text part to be derived.");
    }

    [GeneratedRegex("""style\s*=\s*("[^"]*"|'[^']*')""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Style();

    [GeneratedRegex("""(^|[;"'\s])color\s*:\s*#(?<hex>[0-9a-f]{6}|[0-9a-f]{3})\b""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Ink();

    [GeneratedRegex("""background(-color)?\s*:\s*#(?<hex>[0-9a-f]{6}|[0-9a-f]{3})\b""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Paper();

    [GeneratedRegex("<style.*?</style>|<title.*?</title>|<!--.*?-->|<[^>]*>", RegexOptions.IgnoreCase | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\d[\d.,:’'-]*\d", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\shref=""(?<url>(https?|mailto|tel):[^""]*)""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Hrefs();
}
