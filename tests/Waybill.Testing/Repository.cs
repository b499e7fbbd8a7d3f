namespace Waybill.Testing;

/// <summary>The checkout that the running specs were built from.</summary>
public static class Repository
{
    /// <summary>The folder of <c>Waybill.slnx</c>, absolute.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>A path below the root, written with forward slashes.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    static string Find(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Waybill.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException($"No Waybill.slnx above {AppContext.BaseDirectory}: the specs run from a checkout.");
    }
}
