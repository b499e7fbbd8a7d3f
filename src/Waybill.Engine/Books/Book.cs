using Waybill.Engine.Routing;

namespace Waybill.Engine.Books;

/// <summary>
/// A back office that stands on the engine: what it brings along. The server alone knows which there are, and the setting Modules which
/// of them are on.
/// </summary>
public sealed record Book
{
    /// <summary>The word for it in settings and routes, e.g. <c>racketbook</c>: lower-case letters.</summary>
    public required string Name { get; init; }

    /// <summary>Its streams as they are by default; each name begins with the book's and a dot.</summary>
    public IReadOnlyList<StreamPolicy> Streams { get; init; } = [];
}
