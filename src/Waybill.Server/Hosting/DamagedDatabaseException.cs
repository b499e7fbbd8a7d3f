namespace Waybill.Server.Hosting;

/// <summary>The start is refused: what stands in the database file is not what was written.</summary>
/// <param name="file">The file.</param>
/// <param name="findings">What is wrong with it.</param>
internal sealed class DamagedDatabaseException(string file, IReadOnlyList<string> findings) : Exception(
    $"The database file '{file}' is damaged: {string.Join(" ", findings.Take(Shown))} Nothing was changed. Keep a copy of the file, restore it from a backup, and check that one first with `waybill verify --file COPY`.")
{
    const int Shown = 5;
}
