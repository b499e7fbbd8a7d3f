using System.Text.Json.Serialization;

namespace Waybill.Books.Answering;

/// <summary>A part of a list, newest first.</summary>
/// <param name="Data">Its entries.</param>
/// <param name="HasMore">Whether older ones follow.</param>
public sealed record ListAnswer<T>(IReadOnlyList<T> Data, bool HasMore)
{
    /// <summary>What it is.</summary>
    [JsonPropertyName("object")]
    public string Kind { get; } = "list";
}
