using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Resources;

namespace Waybill.Screens.Texts;

/// <summary>All texts of one language, from every <c>Texts/*.resx</c> (English) or <c>Texts/*.de.resx</c> (German).</summary>
public sealed class Wording
{
    /// <summary>The language of those whose own is not spoken here.</summary>
    public const string English = "en";

    const string German = "de";
    const string Folder = "Texts/";
    const string GermanEnd = ".de.resources";

    static readonly Wording OfEnglish = Read(English, typeof(Wording).Assembly);
    static readonly Wording OfGerman = Read(German, typeof(Wording).Assembly);

    readonly FrozenDictionary<string, string> texts;

    Wording(FrozenDictionary<string, string> texts) => this.texts = texts;

    /// <summary>The languages there are.</summary>
    public static IReadOnlyList<string> Locales { get; } = [English, German];

    /// <summary>The texts of <c>en</c> or <c>de</c>.</summary>
    public static Wording Of(string locale) => locale == German ? OfGerman : OfEnglish;

    /// <summary>Every key there is.</summary>
    public IEnumerable<string> Keys => texts.Keys;

    /// <summary>Whether there is such a text.</summary>
    public bool Has(string key) => texts.ContainsKey(key);

    /// <summary>The text with its arguments in place; a key that does not exist is a defect of the page.</summary>
    public string Say(string key, params object?[] arguments)
    {
        if (!texts.TryGetValue(key, out var text)) throw new ArgumentException($"There is no text '{key}'.", nameof(key));
        return arguments.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, arguments);
    }

    /// <summary>The texts of <c>en</c> or <c>de</c> that assemblies carry: a book has its own, over those that all books share.</summary>
    public static Wording Read(string locale, params IReadOnlyList<Assembly> assemblies) => new(assemblies.Reverse()
        .SelectMany(assembly => assembly.GetManifestResourceNames()
            .Where(
                name => name.StartsWith(Folder, StringComparison.Ordinal)
                    && name.EndsWith(GermanEnd, StringComparison.Ordinal) == (locale == German))
            .SelectMany(name => Entries(assembly.GetManifestResourceStream(name)!)))
        .DistinctBy(entry => entry.Key, StringComparer.Ordinal)
        .ToFrozenDictionary(StringComparer.Ordinal));

    static IEnumerable<KeyValuePair<string, string>> Entries(Stream stream)
    {
        using var reader = new ResourceReader(stream);
        foreach (DictionaryEntry entry in reader) yield return new((string)entry.Key, (string)entry.Value!);
    }
}
