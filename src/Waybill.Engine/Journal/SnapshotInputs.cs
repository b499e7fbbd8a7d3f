using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waybill.Engine.Journal;

/// <summary>
/// All that went into a message, frozen at acceptance: what it says (secret values masked) and what that was written from.
/// </summary>
public sealed record SnapshotInputs(
    string From,
    IReadOnlyList<string> To,
    IReadOnlyList<string> Cc,
    IReadOnlyList<string> ReplyTo,
    string Subject,
    string? Text,
    string? Html,
    IReadOnlyList<HeaderField> Headers)
{
    /// <summary>What its parts were written from; null: they were posted as they are.</summary>
    public MessageOrigin? Origin { get; init; }

    /// <summary>As it is kept.</summary>
    public byte[] Pack() => Packed.Pack(JsonSerializer.SerializeToUtf8Bytes(this, KeptJson.Form.SnapshotInputs));

    /// <summary>As it was frozen.</summary>
    public static SnapshotInputs Unpack(byte[] kept) => JsonSerializer.Deserialize(Packed.Unpack(kept), KeptJson.Form.SnapshotInputs)!;
}

/// <summary>A header that the sender asked for.</summary>
public sealed record HeaderField(string Name, string Value);

/// <summary>
/// What fixes a message's bytes beside its inputs, frozen when it is composed for the first time. <see cref="MimeFormat"/> names the way
/// of writing them: a program that writes another way still knows this one.
/// </summary>
public sealed record Composition(int MimeFormat, string MessageId, DateTimeOffset Date, string Boundary)
{
    /// <summary>
    /// SHA-256 in hex of the bytes with the secret values masked: the proof that stays when they are erased. Null: there are none.
    /// </summary>
    public string? MaskedHash { get; init; }

    /// <summary>The way in which this program writes new messages.</summary>
    public const int CurrentFormat = 1;

    /// <summary>As it is kept.</summary>
    public byte[] Pack() => Packed.Pack(JsonSerializer.SerializeToUtf8Bytes(this, KeptJson.Form.Composition));

    /// <summary>As it was frozen.</summary>
    public static Composition Unpack(byte[] kept) => JsonSerializer.Deserialize(Packed.Unpack(kept), KeptJson.Form.Composition)!;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SnapshotInputs))]
[JsonSerializable(typeof(Composition))]
[JsonSerializable(typeof(MessageParts))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class SnapshotJson : JsonSerializerContext;

/// <summary>
/// The JSON that is kept: HTML stands in it as it is, for it never gets into a page, and escaped it would be half as long again.
/// </summary>
internal static class KeptJson
{
    public static SnapshotJson Form { get; } =
        new(new JsonSerializerOptions(SnapshotJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
