using Waybill.Templates.Language;

namespace Waybill.Templates.Markup;

/// <summary>
/// Cuts HTML into tags and text as browsers do (WHATWG HTML, 13.2.5), without a tree, so that nothing can be nested too deep.
/// </summary>
internal sealed class HtmlReader(HtmlSource source, Problems problems)
{
    const string Blanks = " \t\n\f";

    readonly string text = source.Text;
    readonly List<HtmlEvent> events = [];
    int at;

    public List<HtmlEvent> Read()
    {
        while (at < text.Length && !problems.AreTooMany)
        {
            var open = text.IndexOf('<', at);
            if (open < 0) open = text.Length;
            if (open > at) events.Add(new HtmlEvent.Text(source.PlaceOf(at), text[at..open]));
            at = open;
            if (at < text.Length) ReadMarkup();
            if (events.Count <= TemplateLimits.Elements) continue;
            problems.Refuse(
                source.PlaceOf(at),
                FormattableString.Invariant(
                    $"The HTML has more than {TemplateLimits.Elements:N0} elements and texts between them: shorten it."));
            break;
        }

        return events;
    }

    void ReadMarkup()
    {
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        if (char.IsAsciiLetter(next)) ReadStart();
        else if (next == '/') ReadEnd();
        else if (text.AsSpan(at).StartsWith("<!--")) ReadVerbatim("-->", 4);
        else if (next is '!' or '?') ReadVerbatim(">", 2);
        else ReadBareBracket(next);
    }

    void ReadBareBracket(char next)
    {
        if (next is >= '\ufdd0' and <= '\ufdef')
        {
            problems.Refuse(
                source.PlaceOf(at),
                "A placeholder cannot be the name of an element: write the element out, with a block round it where that is meant.");
        }

        events.Add(new HtmlEvent.Text(source.PlaceOf(at++), "&lt;"));
    }

    void ReadVerbatim(string closing, int skip)
    {
        var end = text.IndexOf(closing, Math.Min(at + skip, text.Length), StringComparison.Ordinal);
        if (end < 0)
        {
            problems.Refuse(source.PlaceOf(at), $"What begins here is never closed: write {closing}.");
            at = text.Length;
            return;
        }

        events.Add(new HtmlEvent.Verbatim(source.PlaceOf(at), text[at..(end + closing.Length)]));
        at = end + closing.Length;
    }

    void ReadEnd()
    {
        var (from, end) = (at, text.IndexOf('>', at));
        at = end < 0 ? text.Length : end + 1;
        var name = end < 0 ? "" : text[(from + 2)..end].Trim();
        if (name.Length == 0 || !name.All(IsOfName))
        {
            problems.Refuse(source.PlaceOf(from), "This is no closing tag: write </name>, or &lt; for a bracket that is none.");
        }
        else events.Add(new HtmlEvent.End(source.PlaceOf(from), name.ToLowerInvariant()));
    }

    static bool IsOfName(char sign) => char.IsAsciiLetterOrDigit(sign) || sign is '-' or ':' or '_';

    void ReadStart()
    {
        var from = at++;
        var name = Until(Blanks + "/>").ToLowerInvariant();
        if (!name.All(IsOfName))
        {
            problems.Refuse(
                source.PlaceOf(from + 1), "The name of this element is none that a mail can hold; a placeholder cannot stand in it.");
        }

        var attributes = new List<HtmlAttribute>();
        while (at < text.Length && text[at] != '>')
        {
            if (text[at] == '/' || Blanks.Contains(text[at], StringComparison.Ordinal)) at++;
            else attributes.Add(ReadAttribute());
        }

        if (at == text.Length) problems.Refuse(source.PlaceOf(from), $"The tag <{name}> is never closed: write >.");
        else Add(new(source.PlaceOf(from), name, attributes, text[at - 1] == '/'));
        at = Math.Min(at + 1, text.Length);
        if (name is "style" or "title") ReadUntilEndOf(name);
    }

    void Add(HtmlEvent.Start start) => events.Add(start);

    HtmlAttribute ReadAttribute()
    {
        var from = at++;
        _ = Until(Blanks + "/>=");
        var name = text[from..at];
        if (name.AsSpan().IndexOfAnyInRange('\ufdd0', '\ufdef') >= 0)
        {
            problems.Refuse(source.PlaceOf(from), "A placeholder cannot stand where an attribute's name does: write name=\"{{value}}\".");
        }

        SkipBlanks();
        if (at == text.Length || text[at] != '=') return new(source.PlaceOf(from), name, null, false);
        at++;
        SkipBlanks();
        var quote = at < text.Length && text[at] is '"' or '\'' ? text[at++] : '\0';
        var value = Until(quote == '\0' ? Blanks + ">" : quote.ToString());
        if (quote != '\0') at = Math.Min(at + 1, text.Length);
        return new(source.PlaceOf(from), name, value, quote != '\0');
    }

    void ReadUntilEndOf(string name)
    {
        var end = text.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
        if (end < 0)
        {
            problems.Refuse(source.PlaceOf(at), $"<{name}> is never closed: write </{name}>.");
            end = text.Length;
        }

        if (end > at)
        {
            events.Add(
                name == "style"
                    ? new HtmlEvent.Style(source.PlaceOf(at), text[at..end])
                    : new HtmlEvent.Text(source.PlaceOf(at), text[at..end]));
        }

        at = end;
    }

    string Until(string stops)
    {
        var length = text.AsSpan(at).IndexOfAny(stops);
        var from = at;
        at = length < 0 ? text.Length : at + length;
        return text[from..at];
    }

    void SkipBlanks()
    {
        while (at < text.Length && Blanks.Contains(text[at], StringComparison.Ordinal)) at++;
    }
}
