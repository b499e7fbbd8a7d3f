namespace Waybill.Screens;

/// <summary>The files of Waybill's own pages.</summary>
public static class Asset
{
    /// <summary>All of them.</summary>
    public static AssetFolder Folder { get; } = AssetFolder.Of(typeof(Asset).Assembly);

    /// <summary>The address of one.</summary>
    public static string Href(string name) =>
        Folder.Find(name) is not null
            ? $"/assets/{Folder.Version}/{name}"
            : throw new ArgumentException($"There is no asset '{name}'.", nameof(name));
}
