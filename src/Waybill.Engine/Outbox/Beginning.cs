using Waybill.Engine.Journal;

namespace Waybill.Engine.Outbox;

/// <summary>
/// What is written before a hand-over starts, so that a crash from here on is known for what it is: an open attempt, and the composition
/// with its hash.
/// </summary>
/// <param name="Claim">The claim it is made under.</param>
/// <param name="Relay">The way out.</param>
/// <param name="At">When it starts.</param>
/// <param name="Composition">What fixes the bytes; null when an earlier attempt recorded it.</param>
/// <param name="BytesHash">SHA-256 of the bytes.</param>
/// <param name="BytesSize">Octets.</param>
public sealed record Beginning(Claim Claim, string Relay, DateTimeOffset At, Composition? Composition, byte[] BytesHash, long BytesSize);
