namespace Waybill.Testing.Real;

/// <summary>What programs of others make of a file: qpdf and poppler's tools.</summary>
public static class Poppler
{
    /// <summary>What qpdf finds wrong; empty: nothing.</summary>
    public static async Task<string> CheckAsync(byte[] file)
    {
        var run = await RunAsync(file, "qpdf", path => ["--check", path]);
        return run.ExitCode == 0 ? "" : run.Text + run.Complaints;
    }

    /// <summary>The text as it is laid out.</summary>
    public static async Task<string> TextAsync(byte[] file) => (await RunAsync(file, "pdftotext", path => ["-layout", path, "-"])).Text;

    /// <summary>pdffonts' table.</summary>
    public static async Task<string> FontsAsync(byte[] file) => (await RunAsync(file, "pdffonts", path => [path])).Text;

    /// <summary>What the document says of itself.</summary>
    public static async Task<string> FactsAsync(byte[] file) => (await RunAsync(file, "pdfinfo", path => [path])).Text;

    /// <summary>The tree of tags with their text.</summary>
    public static async Task<string> StructureAsync(byte[] file) => (await RunAsync(file, "pdfinfo", path => ["-struct-text", path])).Text;

    /// <summary>The pixels of the first page at 36 dots an inch, gray: a PGM's body.</summary>
    public static async Task<byte[]> GrayAsync(byte[] file)
    {
        var image = (await RunAsync(file, "pdftoppm", path => ["-gray", "-r", "36", "-f", "1", "-l", "1", path])).Output;
        var lines = 0;
        var at = 0;
        while (lines < 3) if (image[at++] == '\n') lines++; // P5, the size, the lightest gray
        return image[at..];
    }

    /// <summary>The first page as a PNG at 100 dots an inch.</summary>
    public static async Task<byte[]> PictureAsync(byte[] file) =>
        (await RunAsync(file, "pdftoppm", path => ["-png", "-r", "100", "-f", "1", "-l", "1", path])).Output;

    static async Task<ProgramRun> RunAsync(byte[] file, string program, Func<string, IEnumerable<string>> arguments)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "page.pdf");
        await File.WriteAllBytesAsync(path, file);
        return await ProgramRun.OfAsync(program, arguments(path));
    }
}
