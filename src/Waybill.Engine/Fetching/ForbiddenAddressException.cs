namespace Waybill.Engine.Fetching;

/// <summary>
/// Carries the guard's refusal out of a connect callback, whose only other answer is a stream. The HTTP client wraps it; its message is a
/// sentence for the owner of the URL.
/// </summary>
internal sealed class ForbiddenAddressException(string sentence) : Exception(sentence);
