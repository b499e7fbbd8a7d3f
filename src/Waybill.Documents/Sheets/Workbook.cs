using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace Waybill.Documents.Sheets;

/// <summary>
/// An XLSX workbook (ECMA-376) that is written to a stream as its rows come, in memory that does not grow with them. Sheets are written one
/// after the other; disposing of it writes what holds them together.
/// </summary>
public sealed class Workbook : IAsyncDisposable
{
    const int LongestName = 31;

    static readonly SearchValues<char> NotInNames = SearchValues.Create("[]:*?/\\");

    readonly ZipArchive archive;
    readonly DateTimeOffset made;
    readonly List<string> names = [];
    Sheet? open;

    Workbook(ZipArchive archive, DateTimeOffset made) => (this.archive, this.made) = (archive, made);

    /// <summary>Begins a workbook.</summary>
    /// <param name="output">Where it goes; it need not be able to seek, and stays open.</param>
    /// <param name="made">When, as the file says.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static async Task<Workbook> CreateAsync(Stream output, DateTimeOffset made, CancellationToken cancellationToken) =>
        new(
            await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken)
                .ConfigureAwait(false), made);

    /// <summary>Ends the sheet before, and begins one.</summary>
    /// <param name="name">At most 31 characters, without <c>[]:*?/\</c>.</param>
    /// <param name="columns">One at least.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task<Sheet> AddSheetAsync(string name, IReadOnlyList<SheetColumn> columns, CancellationToken cancellationToken)
    {
        if (name.Length is 0 or > LongestName || name.AsSpan().ContainsAny(NotInNames))
            throw new ArgumentException($"No sheet can be called '{name}'.", nameof(name));
        if (open is not null) await open.EndAsync(cancellationToken).ConfigureAwait(false);
        names.Add(name);
        var stream = await OpenAsync($"xl/worksheets/sheet{names.Count}.xml", cancellationToken).ConfigureAwait(false);
        return open = new Sheet(stream, columns);
    }

    /// <summary>Writes what holds the sheets together. Whoever gave up before has half a file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (open is not null) await open.EndAsync(CancellationToken.None).ConfigureAwait(false);
        foreach (var (path, content) in WorkbookParts.Around(names, made))
        {
            var stream = await OpenAsync(path, CancellationToken.None).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false)) await stream.WriteAsync(Encoding.UTF8.GetBytes(content)).ConfigureAwait(false);
        }

        await archive.DisposeAsync().ConfigureAwait(false);
    }

    Task<Stream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var entry = archive.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = made;
        return entry.OpenAsync(cancellationToken);
    }
}
