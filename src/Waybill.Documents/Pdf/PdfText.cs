using System.Globalization;
using System.Text;

namespace Waybill.Documents.Pdf;

/// <summary>Values as a PDF writes them.</summary>
static class PdfText
{
    /// <summary>A text outside the pages: UTF-16 with its mark (ISO 32000-1 §7.9.2).</summary>
    internal static string String(string text) => $"<feff{Convert.ToHexStringLower(Encoding.BigEndianUnicode.GetBytes(text))}>";

    /// <summary>A measure, in thousandths at most.</summary>
    internal static string Number(double value) => Math.Round(value, 3).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>An instant (§7.9.4).</summary>
    internal static string Date(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("'(D:'yyyyMMddHHmmss'Z)'", CultureInfo.InvariantCulture);
}
