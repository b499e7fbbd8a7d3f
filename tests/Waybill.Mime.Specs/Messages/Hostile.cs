using System.Text;

namespace Waybill.Mime.Specs.Messages;

/// <summary>Strings someone might send on purpose, the same for every run of a seed.</summary>
sealed class Hostile(int seed)
{
    static readonly string[] Pieces =
    [
        "\r\n", "\r", "\n", "\r\n\r\n", "\r\n.\r\n", "\n.\n", "\0", "\t", " ", "  ", "\u0085", "\u2028", "\u2029",
        "\u000B", "\f", "\u007F", "\u001B[2J",
        "\uD800", "\uDC00", "\uFEFF", "\u202E", "\u00A0", "😀", "👩‍👩‍👧", "e\u0301", "ü", "漢字", "שלום", "\uFFFF", "İı",
        "Bcc: eve@example.org", "Content-Type: text/html", "--=_", "=_", "=?utf-8?q?x?=", "=?",
        "?=", "=", "=\r\n", "From ", "\r\nFrom ", ".", "..",
        "\"", "\\", "'", "<", ">", "(", ")", ",", ";", ":", "@", "/", "../", "%0d%0a", "a", "b c", "word ", "x=1", "=20", "boundary=\"",
    ];

    readonly Random random = new(seed);

    public string Text(int longest = 40)
    {
        var text = new StringBuilder();
        for (var count = random.Next(1, longest); count > 0; count--)
        {
            var piece = Pieces[random.Next(Pieces.Length)];
            text.Insert(text.Length, piece, random.Next(20) == 0 ? random.Next(1, 400) : 1);
        }
        return text.ToString();
    }

    public int Next(int limit) => random.Next(limit);
}
