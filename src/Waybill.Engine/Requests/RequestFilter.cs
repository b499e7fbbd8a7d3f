using Waybill.Engine.Storage;

namespace Waybill.Engine.Requests;

/// <summary>Which requests are asked for.</summary>
/// <param name="Least">Answered with at least this status.</param>
/// <param name="Most">Answered with at most this status.</param>
/// <param name="Path">A part of the path; empty: any.</param>
public sealed record RequestFilter(int Least = 0, int Most = 999, string Path = "")
{
    /// <summary>Every request.</summary>
    public static RequestFilter All { get; } = new();

    /// <summary>The part as SQL looks for it.</summary>
    internal string Pattern => Sought.Within(Path);
}
