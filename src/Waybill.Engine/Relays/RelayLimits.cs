
namespace Waybill.Engine.Relays;

/// <summary>What a relay may be asked to carry. All are off unless set.</summary>
public sealed record RelayLimits
{
    /// <summary>Messages a second; null: as fast as it goes.</summary>
    public double? PerSecond { get; init; }

    /// <summary>Messages a UTC day; null: no cap.</summary>
    public int? Daily { get; init; }

    /// <summary>Messages a UTC month; null: no cap.</summary>
    public int? Monthly { get; init; }

    /// <summary>Whether any cap is set.</summary>
    public bool HasCap => Daily is not null || Monthly is not null;
}
