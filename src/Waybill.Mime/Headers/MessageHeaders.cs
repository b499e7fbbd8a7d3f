using System.Text;
using Waybill.Mime.Addresses;
using Waybill.Mime.Encodings;

namespace Waybill.Mime.Headers;

/// <summary>The message's own header fields, always in the same order. There is no Bcc: who is hidden is in the envelope only.</summary>
static class MessageHeaders
{
    internal static void Write(MimeMessage message, OctetBuffer output)
    {
        var headers = new HeaderWriter(output);
        WriteDate(message, output);
        Write("From"u8, message.From, headers);
        if (message.Sender is { } sender && sender != message.From) Write("Sender"u8, sender, headers);
        Write("Reply-To"u8, message.ReplyTo, headers);
        WriteRecipients(message, headers, output);
        WriteSubject(message, headers);
        WriteMessageId(message, output);
        foreach (var header in message.Headers) Write(header, headers, output);
        output.Write("MIME-Version: 1.0\r\n"u8);
    }

    static void WriteDate(MimeMessage message, OctetBuffer output)
    {
        output.Write("Date: "u8);
        MessageDate.Write(message.Date, output);
        output.EndLine();
    }

    static void WriteRecipients(MimeMessage message, HeaderWriter headers, OctetBuffer output)
    {
        if (message.To.Count + message.Cc.Count == 0) output.Write("To: undisclosed-recipients:;\r\n"u8);
        Write("To"u8, message.To, headers);
        Write("Cc"u8, message.Cc, headers);
    }

    static void WriteSubject(MimeMessage message, HeaderWriter headers)
    {
        headers.Begin("Subject"u8);
        headers.Text(LineBreakers.Smooth(message.Subject));
        headers.End();
    }

    static void WriteMessageId(MimeMessage message, OctetBuffer output)
    {
        output.Write("Message-ID: "u8);
        output.Write(message.MessageId);
        output.EndLine();
    }

    static void Write(ReadOnlySpan<byte> name, IReadOnlyList<Mailbox> mailboxes, HeaderWriter headers)
    {
        if (mailboxes.Count == 0) return;
        headers.Begin(name);
        headers.Mailboxes(mailboxes);
        headers.End();
    }

    static void Write(ReadOnlySpan<byte> name, Mailbox mailbox, HeaderWriter headers)
    {
        headers.Begin(name);
        headers.Mailbox(mailbox);
        headers.End();
    }

    static void Write(MimeHeader header, HeaderWriter headers, OctetBuffer output)
    {
        Span<byte> name = stackalloc byte[header.Name.Length];
        Encoding.ASCII.GetBytes(header.Name, name);
        headers.Begin(name);
        if (Ascii.IsValid(header.Value)) headers.Unstructured(header.Value);
        else headers.Encoded(header.Value);
        headers.End();
    }
}
