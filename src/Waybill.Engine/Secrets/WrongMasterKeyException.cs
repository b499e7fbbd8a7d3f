namespace Waybill.Engine.Secrets;

/// <summary>The master key is missing, unusable or not the one of this database; nothing was changed.</summary>
public sealed class WrongMasterKeyException(string message) : Exception(message);
