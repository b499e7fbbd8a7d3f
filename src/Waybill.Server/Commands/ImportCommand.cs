namespace Waybill.Server.Commands;

/// <summary><c>waybill import BOOK FILE --for ADDRESS [--apply]</c>.</summary>
internal static class ImportCommand
{
    public static async Task<int> RunAsync(string book, string path, string forWhom, bool isRehearsal, CancellationToken cancellationToken)
    {
        byte[] file;
        try
        {
            file = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return await Terminal.RefuseAsync($"The file cannot be read: {unreadable.Message}");
        }

        return await Terminal.RunAsync(
            verbs => verbs.ImportAsync(book, forWhom, isRehearsal, file, cancellationToken),
            report =>
            {
                foreach (var line in report.Lines) Console.Out.WriteLine(line);
            },
            cancellationToken);
    }
}
