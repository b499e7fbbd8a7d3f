namespace Waybill.Documents.Pdf;

/// <summary>What a document says of itself.</summary>
/// <param name="Title">As a window shows it.</param>
/// <param name="Language">Of its text, as BCP 47 has it, e.g. <c>de-CH</c>.</param>
/// <param name="Author">Who speaks in it.</param>
/// <param name="Created">When; it is part of the bytes, so it belongs to what is printed, and is not the clock's.</param>
public sealed record PdfFacts(string Title, string Language, string Author, DateTimeOffset Created);
