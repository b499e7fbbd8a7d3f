namespace Waybill.Mime.Bodies;

/// <summary>How a part's octets travel (RFC 2045 §6). There is no 8bit: what a relay can do never changes a message's bytes.</summary>
enum TransferEncoding
{
    SevenBit,
    QuotedPrintable,
    Base64,
}
