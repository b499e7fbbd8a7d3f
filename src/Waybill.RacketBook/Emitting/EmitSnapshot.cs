using System.Security.Cryptography;
using System.Text.Json;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Receipts;

namespace Waybill.RacketBook.Emitting;

/// <summary>What went into one emit: the ids, and the printed text, for the rows that they name change later.</summary>
/// <param name="Order">The order.</param>
/// <param name="Client">The client profile.</param>
/// <param name="Person">The person behind it.</param>
/// <param name="Racket">The racket.</param>
/// <param name="MainString">The string of the catalogue in the mains.</param>
/// <param name="CrossString">The string of the catalogue in the crosses.</param>
/// <param name="LogoHash">SHA-256 of the logo, in hexadecimal digits.</param>
/// <param name="Receipt">All that was printed.</param>
public sealed record EmitSnapshot(
    Guid Order, Guid Client, Guid Person, Guid Racket, Guid? MainString, Guid? CrossString, string? LogoHash, Receipt Receipt)
{
    /// <summary>The form of what is kept.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Of an order that is emitted now.</summary>
    public static EmitSnapshot Of(OrderParts parts, Receipt receipt, byte[]? logo) => new(
        parts.Order.Id, parts.Client.Id, parts.Client.Person.Id, parts.Racket.Id, parts.Order.Main.String, parts.Order.Cross.String,
        logo is null ? null : Convert.ToHexStringLower(SHA256.HashData(logo)), receipt);

    /// <summary>As the log keeps it.</summary>
    public string Write() => JsonSerializer.Serialize(this, ReceiptJson.Default.EmitSnapshot);

    /// <summary>As the log has it.</summary>
    public static EmitSnapshot Read(string json) => JsonSerializer.Deserialize(json, ReceiptJson.Default.EmitSnapshot)!;
}
