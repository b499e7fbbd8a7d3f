namespace Waybill.Books.Reading;

/// <summary>Words that somebody typed into one field.</summary>
public static class Words
{
    static readonly char[] Between = [',', ';', ' ', '\t', '\r', '\n'];

    /// <summary>The words of a text with commas, semicolons, blanks or ends of lines between them.</summary>
    public static string[] Split(string text) => text.Split(Between, StringSplitOptions.RemoveEmptyEntries);
}
