using Waybill.Engine.Storage;

namespace Waybill.Engine.Blobs;

/// <summary>
/// The store of blobs cannot be read or written: its folder is away, or not ours. It is tried again with the next request.
/// </summary>
public sealed class BlobsUnavailableException(Exception inner)
    : StorageException(
        "The store of files (Storage:Local:Path) cannot be used. The log says why; Waybill goes on by itself as soon as it can.", inner);
