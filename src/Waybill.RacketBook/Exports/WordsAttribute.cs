namespace Waybill.RacketBook.Exports;

/// <summary>The words that a property has; the schema says so.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class WordsAttribute(params string[] all) : Attribute
{
    public IReadOnlyList<string> All => all;
}
