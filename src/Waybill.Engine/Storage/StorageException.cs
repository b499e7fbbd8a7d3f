namespace Waybill.Engine.Storage;

/// <summary>The database, or the store of blobs, cannot do what was asked, for a reason outside the program.</summary>
public abstract class StorageException(string message, Exception? inner) : Exception(message, inner);

/// <summary>No space is left on disk. What was asked was not done; it works again as soon as there is space.</summary>
public sealed class StorageFullException(Exception? inner)
    : StorageException("The disk is full. Free some space; Waybill goes on by itself.", inner);

/// <summary>The database does not answer. It is tried again with the next request.</summary>
public sealed class StorageUnavailableException(Exception? inner)
    : StorageException("The database does not answer. Waybill goes on by itself as soon as it does.", inner);

/// <summary>The database file is not what was written. Nothing mends it but a backup.</summary>
public sealed class StorageDamagedException(Exception? inner)
    : StorageException("The database is damaged. Its operator has to restore it from a backup.", inner);

/// <summary>A unit of work took longer than it may, see <see cref="IDatabase.UnitLimit"/>, and was rolled back.</summary>
public sealed class UnitTooSlowException(string unit)
    : StorageException(
        $"The unit of work '{unit}' took too long and was rolled back; a unit has {IDatabase.UnitLimit.TotalSeconds:0} s.", inner: null);
