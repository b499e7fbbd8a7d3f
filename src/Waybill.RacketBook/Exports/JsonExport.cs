using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Exports;

/// <summary>A stringer's book as the document that <see cref="ExportSchema"/> describes, written as its rows come.</summary>
sealed class JsonExport(Session session, StringerScope scope, byte[]? logo)
{
    const int FlushAt = 256 << 10;

    /// <summary>Nobody puts this file into a page of HTML, and a person is to read "Zürich" and "+41".</summary>
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly ExportJsonContext Context = ExportJsonContext.Default;

    readonly ExportRows rows = new(session, scope);

    internal async ValueTask WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        var stringer = await rows.StringerAsync(cancellationToken);
        // In between: the serializer flushes its writer after each record, and a stream would be written to 100,000 times.
        var buffer = new ArrayBufferWriter<byte>(2 * FlushAt);
        await using var writer = new Utf8JsonWriter(buffer, Options);
        var to = new Target(writer, buffer, output);
        writer.WriteStartObject();
        writer.WritePropertyName("stringer"u8);
        JsonSerializer.Serialize(writer, stringer.Export(logo), Context.ExportedStringer);
        await to.WriteAsync(
            "client_profiles", rows.ClientsAsync(cancellationToken), client => client.Export(), Context.ExportedClientProfile,
            cancellationToken);
        await to.WriteAsync(
            "persons", rows.ClientsAsync(cancellationToken), client => client.Person.Export(), Context.ExportedPerson, cancellationToken);
        await to.WriteAsync(
            "rackets", rows.RacketsAsync(cancellationToken), racket => racket.Export(), Context.ExportedRacket, cancellationToken);
        await to.WriteAsync(
            "strings", rows.StringsAsync(cancellationToken), one => one.Export(), Context.ExportedString, cancellationToken);
        await to.WriteAsync(
            "orders", rows.OrdersAsync(stringer, cancellationToken), line => line.Export(), Context.ExportedOrder, cancellationToken);
        writer.WriteEndObject();
        await to.FlushAsync(cancellationToken);
    }

    sealed record Target(Utf8JsonWriter Writer, ArrayBufferWriter<byte> Buffer, Stream Output)
    {
        /// <summary>One array; a client is one person, so the persons need no sorting out.</summary>
        internal async Task WriteAsync<TRow, TRecord>(
            string name, IAsyncEnumerable<TRow> ofRows, Func<TRow, TRecord> export, JsonTypeInfo<TRecord> type,
            CancellationToken cancellationToken)
        {
            Writer.WriteStartArray(name);
            await foreach (var row in ofRows)
            {
                JsonSerializer.Serialize(Writer, export(row), type);
                if (Buffer.WrittenCount > FlushAt) await FlushAsync(cancellationToken);
            }

            Writer.WriteEndArray();
        }

        internal async ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            await Writer.FlushAsync(cancellationToken);
            await Output.WriteAsync(Buffer.WrittenMemory, cancellationToken);
            Buffer.ResetWrittenCount();
        }
    }
}
