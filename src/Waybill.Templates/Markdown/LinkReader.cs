using Waybill.Templates.Language;
using Waybill.Templates.Render;

namespace Waybill.Templates.Markdown;

/// <summary>
/// Judges links while a template is compiled: what is fixed must lead where a mail may lead; what is not is judged when it is known.
/// </summary>
internal sealed class LinkReader(Binder binder, Problems problems)
{
    /// <summary>Where a picture's address is, in words.</summary>
    public const string Picture = "the address of a picture";

    const string PartOfLink = "a link beside something else";

    static readonly LinkPart[] Nowhere = [new("#", null)];

    /// <param name="pieces">Text and values in their order.</param>
    /// <param name="at">Where.</param>
    /// <param name="isPicture">Whether a picture may be there, which may also travel inside the message.</param>
    /// <param name="where">In what, if nobody follows it by a click; null: it is a link, and a secret may be all of it.</param>
    public LinkPart[] Read(IReadOnlyList<Piece> pieces, Place at, bool isPicture, string? where)
    {
        Expose(pieces, where ?? (pieces.Count > 1 ? PartOfLink : null));
        var parts = new List<LinkPart>();
        foreach (var piece in pieces)
        {
            if (piece.Tag is null) parts.Add(new(piece.Text, null));
            else if (piece.Tag is Tag.Output output) parts.Add(new("", binder.Bind(output.Value)));
            else return Refuse(piece.Tag.At, "Only values can stand in a link: put the block round the whole link.");
        }

        if (parts.Count == 0) return Refuse(at, $"This link leads nowhere: {Links.Rule}.");
        var first = parts[0].Text;
        if (parts[0].Value is not null) return [.. parts];
        var isAllowed = parts.Count > 1 ? Links.IsAllowedBeginning(first) : Links.IsAllowed(first) && IsWellFormed(first);
        return isAllowed || (isPicture && Links.IsAllowedPicture(first)) ? [.. parts] : Refuse(at, Complaint(first));
    }

    /// <summary>A link that is one value, such as that of a button.</summary>
    public LinkPart[] Read(Expression value, Place at) =>
        Read(
            [value is Expression.Constant { Value.Text: { } text } ? new Piece(text, null) : new("", new Tag.Output(at, value))],
            at,
            isPicture: false,
            where: null);

    void Expose(IReadOnlyList<Piece> pieces, string? where)
    {
        if (where is null) return;
        foreach (var piece in pieces)
        {
            if (piece.Tag is Tag.Output output) binder.Expose(output.Value, output.At, where);
        }
    }

    static bool IsWellFormed(string link) => Uri.TryCreate(link, UriKind.Absolute, out _);

    static string Complaint(string link)
    {
        var shown = link.Length > 60 ? link[..60] + "…" : link;
        if (link.StartsWith('#')) return $"The link {shown} leads into a page, and a mail is none: {Links.Rule}.";
        var colon = link.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || link.AsSpan(0, colon).IndexOfAny('/', '?', '#') >= 0)
        {
            return $"The link {shown} is relative, and a mail has no page that it could be relative to: write it out, "
                + $"https://ab.example/….";
        }

        return Links.IsAllowed(link)
            ? $"The link {shown} is no valid address."
            : $"The link {shown} leads where a mail must not: {Links.Rule}.";
    }

    LinkPart[] Refuse(Place at, string message)
    {
        problems.Refuse(at, message);
        return Nowhere;
    }
}
