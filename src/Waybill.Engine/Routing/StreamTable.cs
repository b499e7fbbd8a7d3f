namespace Waybill.Engine.Routing;

/// <summary>The streams of this instance. A stand-in: those that the program knows.</summary>
public sealed class StreamTable
{
    /// <summary>All streams.</summary>
    public IReadOnlyList<StreamPolicy> All { get; } = [Streams.Api, Streams.Tests];

    /// <summary>The policy of a stream.</summary>
    /// <exception cref="KeyNotFoundException">No stream has this name.</exception>
    public StreamPolicy Find(string name) => All.FirstOrDefault(stream => stream.Name == name) ?? throw new KeyNotFoundException($"No stream is called '{name}'.");
}
