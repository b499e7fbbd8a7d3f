using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Suppression;

/// <summary>An address that gets no more mail of a tenant.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Tenant">Whose list it is on.</param>
/// <param name="Address">As it is compared, see <see cref="CanonicalAddress"/>.</param>
/// <param name="Email">As it was written.</param>
/// <param name="Stream">The stream that it is about; null: all.</param>
/// <param name="Origin">What brought it about.</param>
/// <param name="Source">The message that did, when one did.</param>
/// <param name="CreatedAt">Since when.</param>
public sealed record SuppressedAddress(
    Guid Id, TenantId Tenant, string Address, string Email, string? Stream, SuppressionOrigin Origin, Guid? Source,
    DateTimeOffset CreatedAt)
{
    /// <summary>Why its recipient got nothing, for people.</summary>
    public string Sentence => Stream is null
        ? $"on the suppression list ({Origin.Word()})"
        : $"unsubscribed from {Stream}";

    /// <summary>Whether it stops a message of a stream to this address.</summary>
    public bool Stops(string stream) => Stream is null || Stream == stream;
}
