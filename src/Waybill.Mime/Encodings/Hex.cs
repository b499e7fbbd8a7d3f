namespace Waybill.Mime.Encodings;

/// <summary>The digits that quoted-printable, Q words and percent escapes all want in upper case.</summary>
static class Hex
{
    internal static ReadOnlySpan<byte> Upper => "0123456789ABCDEF"u8;
}
