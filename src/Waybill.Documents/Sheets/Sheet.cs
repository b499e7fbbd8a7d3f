using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Waybill.Documents.Sheets;

/// <summary>A sheet that is written from its first row to its last; what is written is gone to the stream and takes no memory.</summary>
public sealed class Sheet
{
    const int MostRows = 1_048_576;
    const int FlushAt = 48 << 10;

    static readonly DateOnly DayZero = new(1899, 12, 30);
    static readonly DateOnly FirstDay = new(1900, 3, 1); // before it programs count 29 February 1900, which never was

    readonly Stream stream;
    readonly byte[][] letters;
    readonly ArrayBufferWriter<byte> output = new(64 << 10);
    readonly byte[] rowNumber = new byte[8];
    int rowDigits;
    int row;
    int cell;

    internal Sheet(Stream stream, IReadOnlyList<SheetColumn> columns)
    {
        this.stream = stream;
        letters = [.. Enumerable.Range(0, columns.Count).Select(Letters)];
        Write(WorkbookParts.SheetBegin(columns));
        BeginRow();
        foreach (var column in columns) Text(column.Title, CellStyle.Title);
        Write("</row>"u8);
    }

    /// <summary>Begins a row; its cells follow in the order of the columns.</summary>
    public Sheet Row()
    {
        BeginRow();
        return this;
    }

    /// <summary>A text, which stays one whatever it begins with; beyond 32,767 characters it is cut.</summary>
    public Sheet Text(string? text)
    {
        if (text is null) return Blank();
        Text(text, CellText.LooksLikeFormula(text) ? CellStyle.QuotedText : CellStyle.Plain);
        return this;
    }

    /// <summary>A whole number.</summary>
    public Sheet Number(long? number)
    {
        if (number is not { } value) return Blank();
        Begin(CellStyle.Plain, "><v>"u8);
        Format(value);
        Write("</v></c>"u8);
        return this;
    }

    /// <summary>An amount, shown with two decimals.</summary>
    public Sheet Amount(decimal? amount) => Decimal(amount, CellStyle.Amount);

    /// <summary>A measure, shown as it is.</summary>
    public Sheet Measure(decimal? measure) => Decimal(measure, CellStyle.Plain);

    /// <summary>A day; one before March 1900, which sheets do not count, as a text.</summary>
    public Sheet Date(DateOnly? date)
    {
        if (date is not { } day) return Blank();
        if (day < FirstDay) return Text(day.ToString("O", CultureInfo.InvariantCulture));
        Begin(CellStyle.Date, "><v>"u8);
        Format(day.DayNumber - DayZero.DayNumber);
        Write("</v></c>"u8);
        return this;
    }

    /// <summary>An empty cell.</summary>
    public Sheet Blank()
    {
        cell++;
        return this;
    }

    /// <summary>Ends the row.</summary>
    public ValueTask EndRowAsync(CancellationToken cancellationToken)
    {
        Write("</row>"u8);
        return output.WrittenCount < FlushAt ? ValueTask.CompletedTask : FlushAsync(cancellationToken);
    }

    internal async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        var range = $"A1:{Encoding.ASCII.GetString(letters[^1])}{row.ToString(CultureInfo.InvariantCulture)}";
        Write(Encoding.ASCII.GetBytes($"</sheetData><autoFilter ref=\"{range}\"/></worksheet>"));
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await stream.DisposeAsync().ConfigureAwait(false);
    }

    async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await stream.WriteAsync(output.WrittenMemory, cancellationToken).ConfigureAwait(false);
        output.ResetWrittenCount();
    }

    void BeginRow()
    {
        if (++row > MostRows) throw new InvalidOperationException($"A sheet has room for {MostRows} rows.");
        cell = 0;
        Utf8Formatter.TryFormat(row, rowNumber, out rowDigits);
        Write("<row r=\""u8);
        Write(rowNumber.AsSpan(0, rowDigits));
        Write("\">"u8);
    }

    Sheet Decimal(decimal? number, CellStyle style)
    {
        if (number is not { } value) return Blank();
        Begin(style, "><v>"u8);
        Utf8Formatter.TryFormat(value, output.GetSpan(40), out var written);
        output.Advance(written);
        Write("</v></c>"u8);
        return this;
    }

    void Text(string text, CellStyle style)
    {
        Begin(style, " t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
        CellText.Write(text, output);
        Write("</t></is></c>"u8);
    }

    void Begin(CellStyle style, ReadOnlySpan<byte> rest)
    {
        Write("<c r=\""u8);
        Write(letters[cell++]);
        Write(rowNumber.AsSpan(0, rowDigits));
        if (style != CellStyle.Plain)
        {
            Write("\" s=\""u8);
            Write([(byte)('0' + (int)style)]);
        }

        Write("\""u8);
        Write(rest);
    }

    void Format(long value)
    {
        Utf8Formatter.TryFormat(value, output.GetSpan(20), out var written);
        output.Advance(written);
    }

    void Write(ReadOnlySpan<byte> octets) => output.Write(octets);

    /// <summary>A to Z, AA to ZZ and on.</summary>
    static byte[] Letters(int column)
    {
        var name = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26) name = (char)('A' + (rest - 1) % 26) + name;
        return Encoding.ASCII.GetBytes(name);
    }
}
