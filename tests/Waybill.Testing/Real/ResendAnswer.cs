using System.Text.Json;

namespace Waybill.Testing.Real;

/// <summary>What the official client made of an answer: data or an error, never both; and the headers, if an answer came at all.</summary>
public sealed record ResendAnswer(JsonElement? Data, ResendError? Error, IReadOnlyDictionary<string, string>? Headers)
{
    /// <summary>The data of a call that must have gone well; otherwise it throws what the server said.</summary>
    public JsonElement Value => Data ?? throw new InvalidOperationException($"The call was refused: {Error}");

    /// <summary>The <c>id</c> of the data.</summary>
    public string Id => Value.GetProperty("id").GetString()!;

    /// <summary>A string of the data, or null.</summary>
    public string? Text(string property) => Value.GetProperty(property).GetString();

    /// <summary>The <c>data</c> of a list.</summary>
    public IReadOnlyList<JsonElement> Items => [.. Value.GetProperty("data").EnumerateArray()];
}
