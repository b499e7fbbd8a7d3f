namespace Waybill.Testing.Real;

/// <summary>The error body of Resend's API; <c>StatusCode</c> is null when the client could not get an answer.</summary>
public sealed record ResendError(string? Name, int? StatusCode, string? Message);
