namespace Waybill.Templates.Language;

/// <summary>
/// A value that stands where a mail program would give it away by itself, or where who wrote the template decides whom it is sent to: it
/// may be no secret.
/// </summary>
/// <param name="At">Where it stands.</param>
/// <param name="Source">The place in the data that it comes from.</param>
/// <param name="Where">What it stands in, as in "an image's address".</param>
internal sealed record Exposure(Place At, string Source, string Where)
{
    const string Item = "[]";

    /// <summary>Whether it shows a secret, part of one, or something that one is part of.</summary>
    /// <param name="path">The secret's: names with dots between them; a list on the way with [] or without.</param>
    public bool Shows(string path) => Meet([.. Steps(Source)], [.. Steps(path)]);

    /// <summary>A sentence that says what to do.</summary>
    public string Sentence(string path) =>
        $"{path} is secret and cannot stand in {Where}, by which it would leave the mail: let it stand in the text, or be the whole "
            + $"address of a link.";

    static IEnumerable<string> Steps(string path)
    {
        foreach (var step in path.Split('.'))
        {
            var name = step.TrimEnd('[', ']');
            if (name.Length > 0) yield return name;
            for (var items = (step.Length - name.Length) / 2; items > 0; items--) yield return Item;
        }
    }

    /// <summary>
    /// A loop goes through the items of a list, which a secret's path need not tell, or through the properties of an object.
    /// </summary>
    static bool Meet(ReadOnlySpan<string> place, ReadOnlySpan<string> secret)
    {
        if (place.IsEmpty || secret.IsEmpty) return true;
        return (place[0] == Item, secret[0] == Item) switch
        {
            (true, true) => Meet(place[1..], secret[1..]),
            (true, false) => Meet(place[1..], secret) || Meet(place[1..], secret[1..]),
            (false, true) => Meet(place, secret[1..]),
            _ => place[0] == secret[0] && Meet(place[1..], secret[1..]),
        };
    }
}
