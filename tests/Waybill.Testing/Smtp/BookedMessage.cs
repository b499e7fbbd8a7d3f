namespace Waybill.Testing.Smtp;

/// <summary>One message that a <see cref="BookkeepingRelay"/> accepted.</summary>
/// <param name="MessageId">The Message-ID header with its angle brackets; empty when there is none.</param>
/// <param name="Subject">The Subject header as it is written.</param>
/// <param name="Hash">SHA-256 of the content without dot stuffing, in lower-case hex.</param>
/// <param name="Client">The name that the client said EHLO with.</param>
public sealed record BookedMessage(string MessageId, string Subject, string Hash, string Client);
