using System.Text;
using Waybill.Mime.Addresses;
using Waybill.Mime.Encodings;

namespace Waybill.Mime.Headers;

/// <summary>
/// Writes header fields and folds them (RFC 5322 §2.2.3): below 78 columns where there is a place to fold, never inside a word.
/// </summary>
sealed class HeaderWriter(OctetBuffer output)
{
    const int WidestLine = 78;

    /// <summary>RFC 2047 §2: a line with an encoded-word in it.</summary>
    const int WidestEncodedLine = 76;

    /// <summary>What an encoded-word may take after a long field name all the same.</summary>
    const int NarrowestWord = 40;

    /// <summary>A word this long with any field name before it stays below the hard limit of 998 octets (RFC 5322 §2.1.1).</summary>
    internal const int LongestWord = 900;

    int column;
    int widest;
    bool afterName;

    internal void Begin(ReadOnlySpan<byte> name)
    {
        output.Write(name);
        output.Write((byte)':');
        column = name.Length + 1;
        widest = WidestLine;
        afterName = true;
    }

    internal void End() => output.EndLine();

    /// <summary>A space and a word, on the next line when it and a comma after it would not fit on this one.</summary>
    internal void Word(ReadOnlySpan<char> word)
    {
        if (!afterName && column + 1 + word.Length >= widest) Fold();
        output.Write((byte)' ');
        output.Write(word);
        column += 1 + word.Length;
        afterName = false;
    }

    /// <summary>Something that belongs to the word before it, such as a comma.</summary>
    internal void Mark(char mark)
    {
        output.Write((byte)mark);
        column++;
    }

    /// <summary>ASCII text as it stands, folded only where it has white space, which is kept.</summary>
    internal void Unstructured(ReadOnlySpan<char> text)
    {
        output.Write((byte)' ');
        column++;
        while (!text.IsEmpty)
        {
            var piece = NextPiece(text);
            if (!afterName && column + piece.Length > widest) Fold();
            output.Write(piece);
            column += piece.Length;
            afterName = false;
            text = text[piece.Length..];
        }
    }

    internal void Encoded(ReadOnlySpan<char> text)
    {
        var words = new EncodedWords(text);

        // Readers that keep the space between two words of a name are common: what fits into one word gets one.
        var narrowest = words.WidthAsOne <= EncodedWords.Longest ? (int)words.WidthAsOne : NarrowestWord;
        while (words.Any)
        {
            if (!afterName && column + 1 + narrowest > WidestEncodedLine) Fold();
            output.Write((byte)' ');
            column += 1 + words.WriteNext(output, Math.Max(NarrowestWord, WidestEncodedLine - column - 1));
            widest = WidestEncodedLine;
            afterName = false;
        }
    }

    /// <summary>
    /// Text as it stands where mail can carry it so, in encoded-words where it cannot or where a reader would take it for one.
    /// </summary>
    internal void Text(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return;
        if (Ascii.IsValid(text) && !text.Contains("=?", StringComparison.Ordinal) && !HasLongWord(text)) Unstructured(text);
        else Encoded(text);
    }

    /// <summary>RFC 5322 §3.4: mailboxes with commas between them.</summary>
    internal void Mailboxes(IReadOnlyList<Mailbox> mailboxes)
    {
        for (var index = 0; index < mailboxes.Count; index++)
        {
            if (index > 0) Mark(',');
            Mailbox(mailboxes[index]);
        }
    }

    internal void Mailbox(Mailbox mailbox)
    {
        if (mailbox.DisplayName is not { } name)
        {
            Word(mailbox.Address.ToString());
            return;
        }
        if (Phrase.Write(name) is { } phrase) Word(phrase);
        else Encoded(name);
        Word($"<{mailbox.Address}>");
    }

    /// <summary>True when ASCII text has a piece that no line could hold.</summary>
    internal static bool HasLongWord(ReadOnlySpan<char> text)
    {
        if (text.Length <= LongestWord) return false;
        while (!text.IsEmpty)
        {
            var piece = NextPiece(text);
            if (piece.Length > LongestWord) return true;
            text = text[piece.Length..];
        }
        return false;
    }

    /// <summary>White space and the word after it: what moves to the next line together.</summary>
    static ReadOnlySpan<char> NextPiece(ReadOnlySpan<char> text)
    {
        var word = text.IndexOfAnyExcept(' ', '\t');
        if (word < 0) return text;
        var end = text[word..].IndexOfAny(' ', '\t');
        return end < 0 ? text : text[..(word + end)];
    }

    void Fold()
    {
        output.EndLine();
        column = 0;
        widest = WidestLine;
    }
}
