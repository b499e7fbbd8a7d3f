using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Exports;

/// <summary>A stringer's book as the document that <see cref="ExportSchema"/> describes, written as its rows come.</summary>
sealed class JsonExport(Session session, Bench bench)
{
    const int FlushAt = 512 << 10;

    /// <summary>Nobody puts this file into a page of HTML, and a person is to read "Zürich" and "+41".</summary>
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly ExportJsonContext Context = ExportJsonContext.Default;

    readonly ExportRows rows = new(session, bench);

    internal async ValueTask WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        var stringer = await rows.StringerAsync(cancellationToken);
        await using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        writer.WritePropertyName("stringer"u8);
        JsonSerializer.Serialize(writer, stringer.Export(), Context.ExportedStringer);
        await WriteAsync(writer, "client_profiles", rows.ClientsAsync(cancellationToken), client => client.Export(), Context.ExportedClientProfile, cancellationToken);
        await WriteAsync(writer, "persons", rows.ClientsAsync(cancellationToken), client => client.Person.Export(), Context.ExportedPerson, cancellationToken);
        await WriteAsync(writer, "rackets", rows.RacketsAsync(cancellationToken), racket => racket.Export(), Context.ExportedRacket, cancellationToken);
        await WriteAsync(writer, "strings", rows.StringsAsync(cancellationToken), one => one.Export(), Context.ExportedString, cancellationToken);
        await WriteAsync(writer, "orders", rows.OrdersAsync(stringer, cancellationToken), line => line.Export(), Context.ExportedOrder, cancellationToken);
        writer.WriteEndObject();
    }

    /// <summary>One array; a client is one person, so the persons need no sorting out.</summary>
    internal static async Task WriteAsync<TRow, TRecord>(
        Utf8JsonWriter writer, string name, IAsyncEnumerable<TRow> ofRows, Func<TRow, TRecord> export, JsonTypeInfo<TRecord> type, CancellationToken cancellationToken)
    {
        writer.WriteStartArray(name);
        await foreach (var row in ofRows)
        {
            JsonSerializer.Serialize(writer, export(row), type);
            if (writer.BytesPending > FlushAt) await writer.FlushAsync(cancellationToken);
        }

        writer.WriteEndArray();
    }
}
