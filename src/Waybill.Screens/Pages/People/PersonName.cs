namespace Waybill.Screens.Pages.People;

/// <summary>A name as lists show it: some are ten thousand characters long.</summary>
internal static class PersonName
{
    const int Longest = 80;

    /// <summary>Its beginning; no character is cut in two.</summary>
    public static string Short(string name)
    {
        if (name.Length <= Longest) return name;
        var end = char.IsHighSurrogate(name[Longest - 1]) ? Longest - 1 : Longest;
        return name[..end] + "…";
    }
}
