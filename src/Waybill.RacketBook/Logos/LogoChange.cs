namespace Waybill.RacketBook.Logos;

/// <summary>What becomes of a stringer's logo when the stringer is changed.</summary>
public abstract record LogoChange
{
    private LogoChange() { }

    /// <summary>It stays as it is.</summary>
    public static LogoChange Keep { get; } = new Kept();

    /// <summary>There is none any more.</summary>
    public static LogoChange Drop { get; } = new Dropped();

    /// <summary>It stays as it is.</summary>
    public sealed record Kept : LogoChange;

    /// <summary>There is none any more.</summary>
    public sealed record Dropped : LogoChange;

    /// <summary>It is another one.</summary>
    /// <param name="Image">The picture, which <see cref="LogoCheck"/> found good.</param>
    public sealed record Put(byte[] Image) : LogoChange;
}
