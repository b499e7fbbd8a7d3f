using System.Text.Json.Serialization;

namespace Waybill.RacketBook.Exports;

/// <summary>How the records of the document are written: names_so, all of them every time, in the order of the records.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ExportDocument))]
sealed partial class ExportJsonContext : JsonSerializerContext;
