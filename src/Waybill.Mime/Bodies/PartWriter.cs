using System.Security.Cryptography;
using System.Text;
using Waybill.Mime.Addresses;
using Waybill.Mime.Encodings;
using Waybill.Mime.Headers;

namespace Waybill.Mime.Bodies;

/// <summary>
/// Writes a body's parts with their headers. No part ends with a line end of its own making: that one belongs to the boundary after it
/// (RFC 2046 §5.1.1), so that a text arrives to the letter.
/// </summary>
sealed class PartWriter(string boundarySeed, OctetBuffer output)
{
    readonly HeaderWriter headers = new(output);
    byte[]? token;

    /// <summary>Writes up to where a file's content belongs and hands out that file, again and again, to the end.</summary>
    internal IEnumerable<MimeAttachment> Write(Part part)
    {
        switch (part)
        {
            case Part.Text text:
                WriteText(text);
                break;
            case Part.File file:
                WriteFileHeaders(file.Attachment);
                yield return file.Attachment;
                break;
            case Part.Multi multi:
                WriteMultiHeaders(multi);
                foreach (var child in multi.Parts)
                {
                    WriteDelimiter(multi.Depth, last: false);
                    foreach (var file in Write(child)) yield return file;
                }
                WriteDelimiter(multi.Depth, last: true);
                break;
        }
    }

    void WriteText(Part.Text text)
    {
        using var body = new TextBody(text.Content);
        output.Write(text.Subtype == "html"
            ? "Content-Type: text/html; charset=utf-8\r\n"u8
            : "Content-Type: text/plain; charset=utf-8\r\n"u8);
        WriteEncoding(body.TransferEncoding);
        output.EndLine();
        body.Write(output);
    }

    void WriteEncoding(TransferEncoding encoding) => output.Write(encoding switch
    {
        TransferEncoding.SevenBit => "Content-Transfer-Encoding: 7bit\r\n"u8,
        TransferEncoding.QuotedPrintable => "Content-Transfer-Encoding: quoted-printable\r\n"u8,
        _ => "Content-Transfer-Encoding: base64\r\n"u8,
    });

    void WriteFileHeaders(MimeAttachment file)
    {
        var name = FileName.Harmless(file.FileName);
        WriteContentType(ContentType.Safe(file.ContentType), name);
        WriteEncoding(TransferEncoding.Base64);
        WriteDisposition(file.ContentId is null ? "attachment" : "inline", name);
        if (file.ContentId is { } contentId) WriteContentId(contentId);
        output.EndLine();
    }

    void WriteContentType(string type, string name)
    {
        headers.Begin("Content-Type"u8);
        headers.Word(type);
        headers.Mark(';');
        headers.Word($"name={QuotedString.Write(FileName.AsciiOnly(name))}");
        headers.End();
    }

    void WriteDisposition(string disposition, string name)
    {
        headers.Begin("Content-Disposition"u8);
        headers.Word(disposition);
        headers.Mark(';');
        FileNameParameter.Write(name, headers);
        headers.End();
    }

    void WriteContentId(string contentId)
    {
        headers.Begin("Content-ID"u8);
        headers.Word($"<{contentId}>");
        headers.End();
    }

    void WriteMultiHeaders(Part.Multi multi)
    {
        headers.Begin("Content-Type"u8);
        headers.Word($"multipart/{multi.Subtype};");
        if (multi.Subtype == "related") headers.Word("type=\"text/html\";");
        headers.Word($"boundary=\"{Encoding.ASCII.GetString(Boundary(multi.Depth))}\"");
        headers.End();
    }

    /// <summary>The first delimiter's line end is the empty line after the headers; the last one leaves its line open.</summary>
    void WriteDelimiter(int depth, bool last)
    {
        output.Write("\r\n--"u8);
        output.Write(Boundary(depth));
        output.Write(last ? "--"u8 : "\r\n"u8);
    }

    /// <summary>
    /// "=_", then what the seed makes of it, then the depth. Neither quoted-printable nor base64 can contain "=_", and no text that does
    /// travels as it stands.
    /// </summary>
    ReadOnlySpan<byte> Boundary(int depth)
    {
        token ??= Token();
        token[^1] = (byte)('0' + depth);
        return token;
    }

    byte[] Token() =>
        Encoding.ASCII.GetBytes($"=_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(boundarySeed)).AsSpan(0, 12))}_0");
}
