using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waybill.Books.Reading;

[JsonSerializable(typeof(Dictionary<string, string>))]
sealed partial class ReadingJson : JsonSerializerContext;

/// <summary>The length of a value before it is decoded.</summary>
public static class JsonLength
{
    /// <summary>Octets as they came, quotes and escapes included.</summary>
    public static long RawLength(this JsonElement value) => JsonMarshal.GetRawUtf8Value(value).Length;
}
