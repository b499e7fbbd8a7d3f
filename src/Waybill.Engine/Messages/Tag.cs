namespace Waybill.Engine.Messages;

/// <summary>A name and a value that a sender put on a message to find it again.</summary>
public sealed record Tag(string Name, string Value);
