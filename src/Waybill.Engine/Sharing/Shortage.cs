namespace Waybill.Engine.Sharing;

/// <summary>
/// Whether something due got no place at the last look. During a look it counts as so, that no place which becomes free meanwhile is
/// missed.
/// </summary>
internal sealed class Shortage
{
    volatile bool isShort;
    bool wasDenied;

    public bool IsThere => isShort;

    public void BeginLook() => (wasDenied, isShort) = (false, true);

    public void EndLook() => isShort = wasDenied;

    /// <summary>Something due got no place.</summary>
    public void Deny() => wasDenied = true;
}
