using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Engine.Journal;
using Waybill.RacketBook.Logos;
using Waybill.RacketBook.Receipts;

namespace Waybill.RacketBook.Emitting;

/// <summary>The receipt as a document of the engine's: kept as what it says, logo included, and printed whenever it is wanted.</summary>
public static class ReceiptDocument
{
    /// <summary>The name of the kind.</summary>
    public const string Name = "racketbook.receipt";

    /// <summary>The kind; its number grows when the paper gives other bytes for the same receipt.</summary>
    public static DocumentKind Kind { get; } = new(Name, Receipt.Version, "application/pdf", Render);

    /// <summary>What is kept of a receipt.</summary>
    public static JsonElement Write(ReceiptData data) => JsonSerializer.SerializeToElement(data, ReceiptJson.Default.ReceiptData);

    static byte[] Render(JsonElement data) => data.Deserialize(ReceiptJson.Default.ReceiptData)!.Print();
}

/// <summary>A receipt with the logo that is on it.</summary>
public sealed record ReceiptData(Receipt Receipt, byte[]? Logo)
{
    /// <summary>As a PDF.</summary>
    /// <exception cref="InvalidDataException">The logo is no picture.</exception>
    public byte[] Print() => ReceiptPaper.Print(Receipt, LogoPictures.Find(Logo));
}

/// <summary>How receipts and snapshots are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ReceiptData))]
[JsonSerializable(typeof(EmitSnapshot))]
sealed partial class ReceiptJson : JsonSerializerContext;
