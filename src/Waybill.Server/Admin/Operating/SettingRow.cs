namespace Waybill.Server.Admin.Operating;

/// <summary>A setting of the instance.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">What it is, masked where it is secret; null: it is not set, and its default holds.</param>
/// <param name="Source">Where it comes from; null: it is not set.</param>
public sealed record SettingRow(string Name, string? Value, string? Source);
