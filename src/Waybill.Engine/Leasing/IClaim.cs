namespace Waybill.Engine.Leasing;

/// <summary>A row of a queue that this node may work on while its lease lasts.</summary>
internal interface IClaim<out TKey, out TShare>
{
    /// <summary>The row's primary key.</summary>
    TKey Key { get; }

    /// <summary>The fencing token: a change that names an older one changes nothing.</summary>
    long Token { get; }

    /// <summary>Which attempt comes next, from 1.</summary>
    int Attempt { get; }

    /// <summary>Whose share of this node's places it takes.</summary>
    TShare Share { get; }
}

/// <summary>A claim with all that working on it needs.</summary>
internal interface IClaimedWork<out TClaim>
{
    TClaim Claim { get; }
}
