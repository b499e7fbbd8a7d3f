using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Engine.Composing;
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
    public static JsonElement Data(Receipt receipt, byte[]? logo) => JsonSerializer.SerializeToElement(new ReceiptData(receipt, logo), ReceiptJson.Default.ReceiptData);

    static byte[] Render(JsonElement data)
    {
        var (receipt, logo) = data.Deserialize(ReceiptJson.Default.ReceiptData)!;
        return ReceiptPaper.Print(receipt, Logos.Find(logo));
    }
}

/// <summary>A receipt with the logo that was on it.</summary>
sealed record ReceiptData(Receipt Receipt, byte[]? Logo);

/// <summary>How receipts and snapshots are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ReceiptData))]
[JsonSerializable(typeof(EmitSnapshot))]
sealed partial class ReceiptJson : JsonSerializerContext;
