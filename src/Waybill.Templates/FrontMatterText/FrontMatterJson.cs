using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Waybill.Templates.FrontMatterText;

/// <summary>Writes samples as JSON.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class FrontMatterJson : JsonSerializerContext;
