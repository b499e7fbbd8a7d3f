namespace Waybill.Server.Admin.Keys;

/// <summary>A key as somebody fills it in.</summary>
/// <param name="Name">What it is to be called.</param>
/// <param name="Scopes">What it is to be allowed.</param>
public sealed record KeyDraft(string Name, IReadOnlyList<string> Scopes);
