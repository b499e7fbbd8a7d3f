using System.Text.Json;

namespace Waybill.Engine.Journal;

/// <summary>
/// A kind of document: what is rendered, not stored. The same data gives the same bytes for as long as the version stays.
/// </summary>
/// <param name="Name">E.g. <c>racketbook.receipt</c>.</param>
/// <param name="Version">Grows when the renderer gives other bytes for the same data; older versions stay registered beside it.</param>
/// <param name="ContentType">The media type of what it gives.</param>
/// <param name="Render">From data to bytes; pure, for it may run inside a unit of work and again years later.</param>
public sealed record DocumentKind(string Name, int Version, string ContentType, Func<JsonElement, byte[]> Render);

/// <summary>What a document attachment is rendered from.</summary>
public sealed record DocumentSource(string Kind, int Version, JsonElement Data);
