namespace Waybill.Templates;

/// <summary>What is known of currencies: how many decimals their amounts have.</summary>
public static class Currency
{
    const int Usual = 2;

    /// <summary>ISO 4217's exceptions from two decimals, and the satoshi, which has no smaller unit.</summary>
    static readonly Dictionary<string, int> Exceptions = new[]
    {
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF SAT UGX UYI VND VUV XAF XOF XPF"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
    }.SelectMany(entry => entry.Item2.Split(' ').Select(code => (code, entry.Item1))).ToDictionary(StringComparer.Ordinal);

    /// <summary>Whether a text is three capital letters, as each code of ISO 4217 is.</summary>
    public static bool IsCode(string? code) => code is { Length: 3 } && code.All(char.IsAsciiLetterUpper);

    /// <summary>The decimals of a currency's amounts: 2 for CHF, 0 for JPY.</summary>
    /// <param name="code">Its code. One that is unknown has two.</param>
    public static int DecimalsOf(string code) => Exceptions.GetValueOrDefault(code, Usual);
}
