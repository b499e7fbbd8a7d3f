using System.Text;

namespace Waybill.Documents.Fonts;

/// <summary>A weight of Noto Sans: how wide a text is, and the glyphs that every document shares.</summary>
public sealed class Face
{
    static readonly Lazy<Face> TheRegular = new(() => new("NotoSans-Regular"));
    static readonly Lazy<Face> TheBold = new(() => new("NotoSans-Bold"));

    readonly Dictionary<int, int> baseNumbers = [];

    Face(string name)
    {
        Name = name;
        using var stream = typeof(Face).Assembly.GetManifestResourceStream($"{name}.ttf")!;
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        Font = new TrueTypeFont(file);
        Base = new EmbeddedFont(this, new FontSubset(Font, [.. BaseCharacters()]));
        foreach (var character in BaseCharacters()) baseNumbers.Add(character, baseNumbers.Count + 1);
    }

    /// <summary>For text.</summary>
    public static Face Regular => TheRegular.Value;

    /// <summary>For what stands out.</summary>
    public static Face Bold => TheBold.Value;

    internal string Name { get; }

    internal TrueTypeFont Font { get; }

    /// <summary>What nearly every text of western and central Europe needs; cut out and compressed once per process.</summary>
    internal EmbeddedFont Base { get; }

    internal bool IsBase(int character, out int number) => baseNumbers.TryGetValue(character, out number);

    /// <summary>How wide a text is, in points.</summary>
    /// <param name="text">One line of it.</param>
    /// <param name="size">Of the type, in points.</param>
    public double WidthOf(string text, double size)
    {
        var units = 0;
        foreach (var character in text.EnumerateRunes()) units += Font.AdvanceOf(Font.GlyphOf(character.Value));
        return units * size / Font.UnitsPerEm;
    }

    internal double WidthOf(Rune character, double size) => Font.AdvanceOf(Font.GlyphOf(character.Value)) * size / Font.UnitsPerEm;

    /// <summary>How high a capital letter is, in points.</summary>
    /// <param name="size">Of the type, in points.</param>
    public double CapHeight(double size) => Font.CapHeight * size / Font.UnitsPerEm;

    /// <summary>ASCII, Latin-1, Latin Extended-A and the punctuation and signs of a bill.</summary>
    static IEnumerable<int> BaseCharacters() =>
        Enumerable.Range(0x20, 0x5f).Concat(Enumerable.Range(0xa0, 0x60)).Concat(Enumerable.Range(0x100, 0x80))
        .Concat("–—‘’‚“”„†•…‰‹›€№™−≈≤≥ȘșȚț".Select(character => (int)character)).Distinct().Order();

    /// <summary>
    /// A text as it is set: composed (NFC), half a surrogate pair replaced, and what would break a line or show nothing is a blank.
    /// </summary>
    internal static string Settled(string text)
    {
        var whole = text.Any(char.IsSurrogate) ? string.Concat(text.EnumerateRunes()) : text;
        var composed = whole.IsNormalized() ? whole : whole.Normalize(NormalizationForm.FormC);
        return composed.Any(char.IsControl)
            ? string.Concat(composed.Select(character => char.IsControl(character) ? ' ' : character))
            : composed;
    }
}
