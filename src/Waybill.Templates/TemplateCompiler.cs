using System.Buffers;
using Waybill.Templates.Checking;
using Waybill.Templates.Language;
using Waybill.Templates.Layout;
using Waybill.Templates.Markup;
using Waybill.Templates.Plain;
using Waybill.Templates.Markdown;
using Waybill.Templates.Render;
using Waybill.Templates.Wording;

namespace Waybill.Templates;

/// <summary>Compiles templates when they are published, so that sending walks a tree and no more.</summary>
public static class TemplateCompiler
{
    static readonly SearchValues<char> NoCharacters =
        SearchValues.Create(string.Concat(Enumerable.Range(0xfdd0, 32).Select(code => (char)code)));

    /// <summary>Compiles one locale's source.</summary>
    /// <returns>The template, or everything that is wrong with it.</returns>
    public static Compilation Compile(TemplateSource source)
    {
        var problems = new Problems(source.Locale);
        RefuseNoCharacters(source, problems);
        var binder = new Binder(source.Variables, problems);
        var compiled = problems.AreFatal ? null : Compile(source, binder, problems);
        return compiled is null || problems.AreFatal
            ? new Compilation.Refused(problems.Found)
            : new Compilation.Compiled(compiled, problems.Found);
    }

    static CompiledTemplate? Compile(TemplateSource source, Binder binder, Problems problems)
    {
        var isMarkdown = source.Format == TemplateFormat.Markdown;
        var subject = Plain(
            source, source.Subject, new(source.SubjectLine, 1, Part: TemplatePart.Subject), Position.Plain, binder, problems);
        binder.EndSubject();
        var preheader = Read(
            source, source.Preheader ?? "", new(source.PreheaderLine, 1, Part: TemplatePart.Preheader), isMarkdown: false, problems);
        var body = Read(source, source.Body, new(source.BodyLine, 1), isMarkdown, problems);
        if (problems.AreFatal) return null;
        var (html, text) = (new NodeBuilder(binder, problems, Position.Html), new NodeBuilder(binder, problems, Position.Plain));
        var isRightToLeft = Words.DirectionOf(source.Locale) == "rtl";
        if (isMarkdown) WriteMarkdown(body, preheader, html, text, isRightToLeft);
        else WriteHtml(body, preheader, html, text, isRightToLeft);
        var own = source.Text is null
            ? null
            : Plain(source, source.Text, new(1, 1, Part: TemplatePart.Text), Position.Raw, binder, problems);
        var derived = text.Finish();
        var marked = html.Finish();
        if (problems.AreFatal) return null;
        AddressesInText.Look(binder, [subject, derived, own ?? []], marked);
        return new(source, binder, new(subject, marked, own ?? derived, own is not null));
    }

    static List<Token> Read(TemplateSource source, string text, Place start, bool isMarkdown, Problems problems) =>
        new Expansion(source.Partials, problems, isMarkdown).Read(text, start);

    static Node[] Plain(TemplateSource source, string text, Place start, Position position, Binder binder, Problems problems)
    {
        var tokens = Read(source, text, start, isMarkdown: false, problems);
        if (problems.AreFatal) return []; // blocks that are not closed would be nested without a limit
        var builder = new NodeBuilder(binder, problems, position);
        PlainWriter.Write(tokens, builder, text => text);
        return builder.Finish();
    }

    static void WriteMarkdown(List<Token> body, List<Token> preheader, NodeBuilder html, NodeBuilder text, bool isRightToLeft)
    {
        var source = new MarkdownText(body, html.Problems);
        if (html.Problems.AreFatal) return;
        var document = MarkdownReader.Parse(source);
        void Body() => MarkdownReader.Write(source, document, new HtmlTypesetter(html, isRightToLeft));
        MailLayout.WriteHtml(html, () => MailLayout.WritePreheader(html, preheader), Body);
        var plain = new PlainTypesetter(text);
        MailLayout.WriteText(plain, () => MarkdownReader.Write(source, document, plain));
    }

    /// <summary>A mail that is HTML has no layout of ours; the preheader goes where its body begins.</summary>
    static void WriteHtml(List<Token> body, List<Token> preheader, NodeBuilder html, NodeBuilder text, bool isRightToLeft)
    {
        var source = new HtmlSource(body);
        var events = new HtmlReader(source, html.Problems).Read();
        var parts = new MarkdownPartWriter(new HtmlTypesetter(html, isRightToLeft), new(html.Binder, html.Problems));
        var start = events.FindIndex(found => found is HtmlEvent.Start { Name: "body" });
        var writer = new HtmlWriter(source, html, parts.Write);
        writer.Write(events[..(start + 1)]);
        MailLayout.WritePreheader(html, preheader);
        writer.Write(events[(start + 1)..]);
        new HtmlAsText(source, new PlainTypesetter(text)).Write(events);
    }

    static void RefuseNoCharacters(TemplateSource source, Problems problems)
    {
        foreach (var (text, start) in Written(source))
        {
            var at = text.AsSpan().IndexOfAny(NoCharacters);
            if (at >= 0)
                problems.Refuse(
                    start.After(text.AsSpan(0, at)), $"U+{(int)text![at]:X4} is no character, and stands for nothing: take it out.");
        }
    }

    static IEnumerable<(string? Text, Place Start)> Written(TemplateSource source) =>
    [
        (source.Subject, new(source.SubjectLine, 1, Part: TemplatePart.Subject)),
        (source.Preheader, new(source.PreheaderLine, 1, Part: TemplatePart.Preheader)),
        (source.Body, new(source.BodyLine, 1)),
        (source.Text, new(1, 1, Part: TemplatePart.Text)),
    ];
}
