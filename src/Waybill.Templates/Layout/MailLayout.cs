using Waybill.Templates.Language;
using Waybill.Templates.Markup;
using Waybill.Templates.Plain;
using Waybill.Templates.Markdown;
using Waybill.Templates.Render;

namespace Waybill.Templates.Layout;

/// <summary>The default layout: what stands round the body of a mail, in HTML and in plain text.</summary>
internal static class MailLayout
{
    static readonly string Source = ReadSource();

    /// <summary>Hidden, and followed by blanks that keep an inbox from showing what comes after it.</summary>
    static readonly string AfterPreheader = string.Concat(Enumerable.Repeat("&#847;&zwnj;&nbsp;", 40)) + "</div>\n";

    public static void WriteHtml(NodeBuilder builder, Action preheader, Action body)
    {
        var tokens = new Lexer(Source, new(1, 1), isMarkdown: false, new(builder.Problems), builder.Problems).Read();
        Balance.Settle(tokens, builder.Problems);
        var source = new HtmlSource(tokens);
        void Use(Tag.Use use)
        {
            if (use.Name == "body") body();
            else if (use.Name == "preheader") preheader();
            else builder.Print(use.At, new Expression.OfMail(use.At, MailFact.BrandFooter), Position.HtmlLines);
        }

        new HtmlWriter(source, builder, Use).Write(new HtmlReader(source, builder.Problems).Read());
    }

    public static void WritePreheader(NodeBuilder builder, IReadOnlyList<Token> preheader)
    {
        if (preheader.Count == 0) return;
        builder.Literal(
            "<div aria-hidden=\"true\" "
                + "style=\"display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;mso-hide:all\">");
        PlainWriter.Write(preheader, builder, Html.Escape);
        builder.Literal(AfterPreheader);
    }

    /// <summary>Brand, body, and under a line what the footer says.</summary>
    public static void WriteText(Typesetter plain, Action body)
    {
        var text = $"{{{{@brand.name}}}}{PlainMarks.Break}{{{{#if @brand.intro}}}}{{{{@brand.intro}}}}{{{{/if}}}}{PlainMarks.Block}";
        Write(plain.Builder, text);
        body();
        plain.Rule();
        Write(
            plain.Builder,
            "{{#if @brand.supportEmail}}{{@words.questions}} {{@brand.supportEmail}}{{#if @brand.supportUrl}} · "
                + "{{@brand.supportUrl}}{{/if}}{{else}}{{@brand.supportUrl}}{{/if}}" + PlainMarks.Block);
        plain.Builder.Open(FooterGiven);
        plain.Builder.Print(FooterGiven.At, Footer, Position.PlainLines);
        plain.Builder.Close(FooterGiven);
        Write(
            plain.Builder,
            $"{{{{#unless @brand.footer}}}}{{{{@brand.name}}}}{{{{/unless}}}}{PlainMarks.Block}{{{{#if @unsubscribeUrl}}}}{{{{@words.unsubscribe}}}}: {{{{@unsubscribeUrl}}}}{{{{/if}}}}");
    }

    static Expression.OfMail Footer => new(new(1, 1), MailFact.BrandFooter);

    static Tag.Open FooterGiven => new(new(1, 1), BlockKind.If, Footer, 0);

    static void Write(NodeBuilder builder, string source)
    {
        var tokens = new Lexer(source, new(1, 1), isMarkdown: false, new(builder.Problems), builder.Problems).Read();
        Balance.Settle(tokens, builder.Problems);
        PlainWriter.Write(tokens, builder, text => text);
    }

    static string ReadSource()
    {
        using var stream = typeof(MailLayout).Assembly.GetManifestResourceStream("Layout.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
