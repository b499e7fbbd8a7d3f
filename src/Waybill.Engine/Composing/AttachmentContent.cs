using Waybill.Engine.Journal;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Composing;

/// <summary>An attachment's content: stored, or rendered where it is a document.</summary>
public sealed class AttachmentContent(ContentStore store, DocumentKinds documents)
{
    /// <summary>Reads it; what is yielded stays valid.</summary>
    /// <exception cref="InvalidDataException">A document can no longer be rendered as it was.</exception>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(AttachmentRecord attachment, CancellationToken cancellationToken) =>
        attachment.Document is null
            ? store.ReadAsync(attachment.Hash, cancellationToken)
            : new[] { (ReadOnlyMemory<byte>)documents.Render(attachment) }.ToAsyncEnumerable();
}
