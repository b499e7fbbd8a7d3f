using System.Security.Cryptography;
using System.Text;
using Waybill.Engine.Secrets;

namespace Waybill.Engine.Events;

/// <summary>Seals data that holds secrets, and takes the fingerprint by which a repetition is known.</summary>
internal sealed class EventSeal(DataKeys keys)
{
    readonly byte[] fingerprintKey = keys.Derive("event fingerprints");

    public byte[] Seal(EventKey id, byte[] data) => keys.Seal(data, SealingContext.Event(id.Value));

    public byte[] Open(EventKey id, byte[] sealedData) => keys.Open(sealedData, SealingContext.Event(id.Value));

    /// <summary>
    /// Covers everything that came, each field with its length. Keyed: from a plain hash, a secret of six digits could be guessed.
    /// </summary>
    public byte[] Fingerprint(NewEvent e, byte[] data)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, fingerprintKey);
        foreach (var text in (ReadOnlySpan<string?>)[e.Type, e.Subject, e.Time?.UtcTicks.ToString("D", null), e.DataContentType,
            e.DataSchema])
            Append(hash, text);
        foreach (var (name, value) in e.Extensions.OrderBy(extension => extension.Key, StringComparer.Ordinal))
        {
            Append(hash, name);
            Append(hash, value.GetRawText());
        }

        hash.AppendData(data);
        return hash.GetHashAndReset();
    }

    static void Append(IncrementalHash hash, string? text)
    {
        var field = Encoding.UTF8.GetBytes(text ?? "");
        hash.AppendData(BitConverter.GetBytes(text is null ? -1 : field.Length));
        hash.AppendData(field);
    }
}
