namespace Waybill.Testing.Smtp;

/// <summary>The client said something else than the script.</summary>
public sealed class ScriptException(string message) : Exception(message);
