namespace Waybill.Engine.Brands;

/// <summary>What changing a brand came to.</summary>
public abstract record BrandChange
{
    private BrandChange() { }

    /// <summary>It is as asked.</summary>
    public sealed record Done(Brand Brand) : BrandChange;

    /// <summary>The tenant has no such brand.</summary>
    public sealed record Missing : BrandChange;

    /// <summary>Somebody else changed it since it was read.</summary>
    public sealed record Stale(Brand Current) : BrandChange;

    /// <summary>Another brand of the tenant has this alias.</summary>
    public sealed record AliasTaken : BrandChange;

    /// <summary>The default brand cannot be removed: messages that name none need it.</summary>
    public sealed record IsDefault : BrandChange;
}
