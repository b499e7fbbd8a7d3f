using Waybill.Engine.Keys;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Requests;

/// <summary>One request to the API and how it was answered.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="Tenant">Whose data it was about.</param>
/// <param name="Key">Who asked.</param>
/// <param name="At">When.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Endpoint">The path, without the query.</param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="UserAgent">What the client called itself, cut at 300 characters.</param>
/// <param name="Refusal">The error that was answered, as JSON; null when there was none.</param>
public sealed record RequestRecord(
    Guid Id, TenantId Tenant, ApiKeyId Key, DateTimeOffset At, string Method, string Endpoint, int Status, string? UserAgent,
    string? Refusal);
