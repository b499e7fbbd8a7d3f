using System.Buffers;
using System.Net;
using Waybill.Templates.Language;
using Waybill.Templates.Render;

namespace Waybill.Templates.Checking;

/// <summary>
/// Finds the values that stand in the text right behind or before something else: mail programs make a link of whatever looks like an
/// address, and programs that look at links for their owner follow it. It walks every way that the text may take, loops twice.
/// </summary>
internal sealed class AddressesInText(Binder binder)
{
    const string Where = "a word of the text that begins or ends with something else, for mail programs make links of addresses";

    static readonly SearchValues<char> BehindHost = SearchValues.Create("/?#=&@");

    static readonly SearchValues<char> Breaks =
        SearchValues.Create(string.Concat(Enumerable.Range(0, 0x10000).Select(code => (char)code).Where(IsBreak)));

    const int LongestWord = 200;

    const int MostEndings = 16;

    /// <summary>Steps of the walk; beyond it loops are walked once, and every value counts as found.</summary>
    const int Patience = 30_000;

    /// <summary>Stands in a word for a value.</summary>
    const char Value = '\ufffc';

    readonly Dictionary<Node[], bool> withValues = [];
    int patience = Patience;
    bool isHtml;

    /// <summary>
    /// Looks through the parts of a mail. In HTML a tag ends a word, and what is hidden counts, for programs read it all the same.
    /// </summary>
    public static void Look(Binder binder, IReadOnlyList<Node[]> texts, Node[] html)
    {
        var look = new AddressesInText(binder);
        foreach (var text in texts) look.Walk(text, [new("", null)]);
        look.isHtml = true;
        look.Walk(html, [new("", null)]);
    }

    HashSet<Ending> Walk(Node[] nodes, HashSet<Ending> endings)
    {
        foreach (var node in nodes) endings = Walk(node, endings);
        return endings;
    }

    HashSet<Ending> Walk(Node node, HashSet<Ending> before)
    {
        patience -= before.Count;
        return node switch
        {
            Node.Chunk chunk => Bounded(before.Select(ending => After(ending, chunk.Text))),
            Node.Print print => Bounded(before.Select(ending => After(ending, print))),
            Node.Choose choice => Bounded([.. choice.Bodies.SelectMany(body => Walk(body, before))]),
            Node.Enter enter => Bounded([.. Walk(enter.Body, before), .. Walk(enter.Otherwise, before)]),
            Node.Loop loop => Walk(loop, before),
            Node.Scope scope => Walk(scope.Body, before),
            Node.Group group => Walk(group.Body, before),
            _ => [new("", null)], // a link, which stands in brackets, or the number of an item
        };
    }

    HashSet<Ending> Walk(Node.Loop loop, HashSet<Ending> before)
    {
        var once = Walk(loop.Body, before);
        var again = patience > 0 && HasValue(loop.Body) ? Walk(loop.Body, Bounded([.. before, .. once])) : once;
        return Bounded([.. once, .. again, .. Walk(loop.Otherwise, before)]);
    }

    bool HasValue(Node[] nodes) =>
        withValues.TryGetValue(nodes, out var known)
            ? known
            : withValues[nodes] = Array.Exists(nodes, node => node is Node.Print || BodiesOf(node).Any(HasValue));

    static IEnumerable<Node[]> BodiesOf(Node node) => node switch
    {
        Node.Choose choice => choice.Bodies,
        Node.Enter enter => [enter.Body, enter.Otherwise],
        Node.Loop loop => [loop.Body, loop.Otherwise],
        Node.Scope scope => [scope.Body],
        Node.Group group => [group.Body],
        _ => [],
    };

    Ending After(Ending ending, string text)
    {
        if (text.Length == 0) return ending;
        if (isHtml && text.Contains('&', StringComparison.Ordinal)) text = WebUtility.HtmlDecode(text);
        if (ending.Last is { } last && GoesOn(text)) Expose(last);
        var cut = text.AsSpan().LastIndexOfAny(Breaks);
        return new(Cut(cut < 0 ? ending.Word + text : text[(cut + 1)..]), null);
    }

    Ending After(Ending ending, Node.Print print)
    {
        if (IsAddress(ending.Word) || patience <= 0) Expose(print);
        if (ending.Last is { } last) Expose(last);
        return new(Cut(ending.Word + Value), print);
    }

    void Expose(Node.Print print) => binder.Expose(print.Sources, print.At, Where);

    /// <summary>Whether a word may be the beginning of an address; a value in it may be one.</summary>
    static bool IsAddress(string word)
    {
        if (word.Contains(Value, StringComparison.Ordinal) || word.Contains("//", StringComparison.Ordinal)) return true;
        if (HasEntity(word)) return true;
        var dot = word.IndexOf('.', StringComparison.Ordinal);
        return dot >= 0 && (word.Contains("www.", StringComparison.OrdinalIgnoreCase) || word.AsSpan(dot).IndexOfAny(BehindHost) >= 0);
    }

    /// <summary>Whether what stands right behind a value makes an address of it: the rest of a host, or a host.</summary>
    static bool GoesOn(string text)
    {
        var at = 0;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '-' or '_')) at++;
        var rest = text.AsSpan(at);
        return rest.StartsWith("@") || rest.StartsWith("://") || (rest.StartsWith("&") && HasEntity(rest))
            || (rest is ['.', var next, ..] && char.IsLetterOrDigit(next));
    }

    /// <summary>Of those that only browsers know, such as &amp;period; and &amp;sol;, any may stand for a sign of an address.</summary>
    static bool HasEntity(ReadOnlySpan<char> word) => word.IndexOf('&') is >= 0 and var at && word[at..].IndexOf(';') > 0;

    static string Cut(string word) => word.Length <= LongestWord ? word : word[..(LongestWord / 2)] + word[^(LongestWord / 2)..];

    /// <summary>Of too many ways those count that may be an address.</summary>
    static HashSet<Ending> Bounded(IEnumerable<Ending> endings)
    {
        HashSet<Ending> all = [.. endings];
        return all.Count <= MostEndings ? all : [.. all.OrderByDescending(ending => IsAddress(ending.Word)).Take(MostEndings)];
    }

    static bool IsBreak(char sign) =>
        char.IsWhiteSpace(sign) || char.IsControl(sign) || sign is '<' or '>' or '"' or (>= '\ufdd0' and <= '\ufdef');

    /// <summary>How a way through the text ends.</summary>
    /// <param name="Word">The word that it ends in.</param>
    /// <param name="Last">The value that it ends with; null: it ends with text.</param>
    readonly record struct Ending(string Word, Node.Print? Last);
}
