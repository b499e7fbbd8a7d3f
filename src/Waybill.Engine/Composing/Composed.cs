using Waybill.Engine.Journal;
using Waybill.Smtp;

namespace Waybill.Engine.Composing;

/// <summary>A message's bytes, what fixes them, and their SHA-256.</summary>
public sealed record Composed(Composition Composition, byte[] Hash, long Size, MessageContent Content);
