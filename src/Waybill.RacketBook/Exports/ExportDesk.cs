using System.Globalization;
using System.Text;
using Waybill.Engine.Blobs;
using Waybill.Engine.Storage;
using Waybill.RacketBook.Logos;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Exports;

/// <summary>
/// A stringer's book to take away: their orders and clients, and the rackets and strings that they see, as they were at one moment.
/// Memory does not grow with the book.
/// </summary>
public sealed class ExportDesk(IDatabase database, IBlobStore blobs, LogoShelf logos, TimeProvider clock)
{
    /// <summary>What kind of blobs they are while they are sent.</summary>
    public const string Kind = "racketbook-exports";

    const int LongestName = 60;
    const int Buffer = 512 << 10;

    /// <summary>The type of a workbook.</summary>
    public const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The type of the document.</summary>
    public const string JsonType = "application/json";

    /// <summary>Writes the workbook: sheets Orders, Clients, Rackets and Strings. Nothing is written before all of it was read.</summary>
    /// <exception cref="InvalidOperationException">There is no such stringer.</exception>
    public Task WriteWorkbookAsync(StringerScope scope, Stream to, CancellationToken cancellationToken) =>
        WriteAsync(
            scope, (session, file) => new WorkbookExport(session, scope).WriteAsync(file, clock.GetUtcNow(), cancellationToken), to,
            cancellationToken);

    /// <summary>Writes the document of <see cref="ExportSchema"/>, in UTF-8. Nothing is written before all of it was read.</summary>
    /// <exception cref="InvalidOperationException">There is no such stringer.</exception>
    public async Task WriteJsonAsync(StringerScope scope, Stream to, CancellationToken cancellationToken)
    {
        var logo = await logos.FetchAsync(scope.Stringer, cancellationToken);
        await WriteAsync(
            scope, (session, file) => new JsonExport(session, scope, logo.Image).WriteAsync(file, cancellationToken), to,
            cancellationToken);
    }

    /// <summary>
    /// What the file is called: <c>rbo-{stringer}-{date}.{extension}</c>, in letters, digits and hyphens, which every header and file
    /// system can hold.
    /// </summary>
    /// <param name="stringer">Whose book it is.</param>
    /// <param name="day">The day that it is where they are.</param>
    /// <param name="extension"><c>xlsx</c> or <c>json</c>.</param>
    public static string FileName(Stringer stringer, DateOnly day, string extension)
    {
        var name = Plain(stringer.DisplayName);
        if (name.Length == 0) name = stringer.Id.Value.ToString("N", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"rbo-{name}-{day:yyyy-MM-dd}.{extension}");
    }

    /// <summary>
    /// The file is a blob for a moment: a telephone that takes a minute to download it holds no transaction open meanwhile, and a
    /// database that fails half-way leaves no half file with anybody.
    /// </summary>
    async Task WriteAsync(StringerScope scope, Func<Session, Stream, ValueTask> write, Stream to, CancellationToken cancellationToken)
    {
        var key = new BlobKey(scope.Stringer, Kind, Guid.CreateVersion7(clock.GetUtcNow()));
        await blobs.PutAsync(key, file => ReadAsync(write, file, cancellationToken), cancellationToken);
        try
        {
            await using var file = await blobs.OpenAsync(key, cancellationToken)
                ?? throw new InvalidOperationException($"The export {key} went away.");
            await file.CopyToAsync(to, Buffer, cancellationToken);
        }
        finally
        {
            await ForgetAsync(key);
        }
    }

    async Task ForgetAsync(BlobKey key)
    {
        try
        {
            await blobs.RemoveAsync(key, CancellationToken.None);
        }
        catch (StorageException)
        {
            // it was sent all the same; the duty blobs removes it later
        }
    }

    Task<bool> ReadAsync(Func<Session, Stream, ValueTask> write, Stream file, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            file.SetLength(0); // a read may run again
            await write(session, file);
            return true;
        },
        cancellationToken);

    /// <summary>Letters without their marks, in lower case; whatever else there is becomes a hyphen.</summary>
    static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var character in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(character)) plain.Append(character);
            else if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark && plain.Length > 0
                && plain[^1] != '-') plain.Append('-');
            if (plain.Length == LongestName) break;
        }

        return plain.ToString().Trim('-');
    }
}
