using System.Security.Cryptography;
using System.Text.Json;
using Waybill.Engine.Journal;

namespace Waybill.Engine.Composing;

/// <summary>
/// Renders documents: at acceptance, to know their hash, and again whenever their message is composed, if they are not the last ones still
/// at hand.
/// </summary>
public sealed class DocumentKinds(IEnumerable<DocumentKind> kinds)
{
    readonly RecentDocuments recent = new();
    readonly Dictionary<(string, int), DocumentKind> byVersion = kinds.ToDictionary(kind => (kind.Name, kind.Version));

    /// <summary>An attachment that is rendered from data by the newest renderer of its kind.</summary>
    /// <exception cref="KeyNotFoundException">No renderer has this name.</exception>
    public NewAttachment Attach(string kind, string fileName, JsonElement data)
    {
        var newest = byVersion.Values.Where(one => one.Name == kind).MaxBy(one => one.Version)
            ?? throw new KeyNotFoundException($"There is no kind of document '{kind}'.");
        var rendered = Render(newest, data);
        return new(fileName, newest.ContentType, ContentId: null, rendered.Hash, rendered.Bytes.Length)
        {
            Document = new(kind, newest.Version, data.Clone()),
        };
    }

    RecentDocuments.Rendered Render(DocumentKind kind, JsonElement data)
    {
        var source = new RecentDocuments.Source(kind.Name, kind.Version, data.GetRawText());
        if (recent.Find(source) is { } known) return known;
        var bytes = kind.Render(data);
        var rendered = new RecentDocuments.Rendered(bytes, SHA256.HashData(bytes));
        recent.Keep(source, rendered);
        return rendered;
    }

    /// <summary>The bytes of a document attachment, as they were at acceptance.</summary>
    /// <exception cref="InvalidDataException">Its renderer is gone, or gives other bytes than it did.</exception>
    public byte[] Render(AttachmentRecord attachment)
    {
        if (recent.Find(attachment.Hash) is { } known) return known.Bytes;
        var source = attachment.Document!;
        if (!byVersion.TryGetValue((source.Kind, source.Version), out var kind))
            throw new InvalidDataException(
                $"{attachment.FileName} was rendered by {source.Kind} version {source.Version}, which this Waybill does not have.");
        var bytes = kind.Render(source.Data);
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(bytes), attachment.Hash))
            throw new InvalidDataException(
                $"{attachment.FileName}: the renderer {source.Kind} version {source.Version} gives other bytes than it did for this message.");
        return bytes;
    }
}
