namespace Waybill.Engine.Storage;

/// <summary>Program and database do not belong together; nothing was changed.</summary>
public sealed class SchemaMismatchException(string message) : Exception(message);
