using Waybill.Books;
using Waybill.Engine;
using Waybill.Engine.Audit;
using Waybill.Engine.Blobs;
using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Postgres;
using Waybill.Engine.Storage.Sqlite;
using Waybill.Engine.Tenancy;
using Waybill.Server.Configuration;

namespace Waybill.Server.Hosting;

/// <summary>
/// What a process holds while it works on the data: the lock (SQLite has one process a file), the database at this program's schema, the
/// store of blobs, the keys of its secrets.
/// </summary>
internal sealed class Instance : IAsyncDisposable
{
    /// <summary>A small file is looked at whole; a large one must not hold up the start.</summary>
    static readonly TimeSpan TimeForIntegrity = TimeSpan.FromSeconds(3);

    readonly InstanceLock? held;

    Instance(
        Settings settings, IDatabase database, IBlobStore blobs, InstanceLock? held, MasterKeyPlace place, DataKeys keys,
        IReadOnlyList<string> migrated)
    {
        Settings = settings;
        Database = database;
        Blobs = blobs;
        this.held = held;
        MasterKeyPlace = place;
        Keys = keys;
        Migrated = migrated;
    }

    public Settings Settings { get; }

    public IDatabase Database { get; }

    public IBlobStore Blobs { get; }

    public MasterKeyPlace MasterKeyPlace { get; }

    public DataKeys Keys { get; }

    /// <summary>The schema scripts that ran at this start.</summary>
    public IReadOnlyList<string> Migrated { get; }

    /// <summary>The settings from appsettings.json, environment and command line.</summary>
    /// <exception cref="WrongSettingsException">Some are wrong.</exception>
    public static Settings ReadSettings(string[] args, IReadOnlyList<Book> books) => Read(Configuration(args), books);

    /// <summary>
    /// Those of these books that are on, for the help; all where the settings cannot be read, which the verb itself will tell.
    /// </summary>
    public static IReadOnlyList<Book> ChosenOf(IReadOnlyList<Book> books)
    {
        try
        {
            return SettingsReader.ChosenOf(Configuration([]), books);
        }
        catch (InvalidDataException)
        {
            return books;
        }
    }

    static ConfigurationManager Configuration(string[] args)
    {
        var configuration = new ConfigurationManager();
        configuration.AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true);
        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(args);
        return configuration;
    }

    /// <summary>The settings from a configuration that is put together already.</summary>
    /// <exception cref="WrongSettingsException">Some are wrong.</exception>
    public static Settings Read(IConfigurationManager configuration, IReadOnlyList<Book> books)
    {
        configuration.AddEnvironmentContract();
        var (settings, problems) = SettingsReader.Read(configuration, books);
        return settings ?? throw new WrongSettingsException(problems);
    }

    /// <summary>Opens the database and brings it to our schema; null when another process holds the data folder.</summary>
    public static async Task<Instance?> OpenAsync(Settings settings, CancellationToken cancellationToken)
    {
        MakeFolder(settings.DataPath);
        var instanceLock = settings.PostgresConnection is null ? Lock(settings.DataPath) : null;
        if (settings.PostgresConnection is null && instanceLock is null) return null;
        var database = await OpenSoundAsync(settings);
        IReadOnlyList<SchemaScript> scripts =
        [
            .. SchemaScript.Embedded(typeof(EngineServices).Assembly, "engine", database.Provider),
            .. settings.Books.Where(book => book.Schema is not null)
                .SelectMany(book => SchemaScript.Embedded(book.Schema!, book.Name, database.Provider)),
        ];
        var place = PlaceOfMasterKey(settings);
        var unlocking = new Unlocking(
            database, place, (keys, token) => AuditCheck.IsUnderAsync(database, keys, token), TimeProvider.System);
        await unlocking.CheckAsync(cancellationToken); // first: a start that is refused has written nothing
        var migrated = await UpgradeAsync(settings, database, scripts, cancellationToken);
        var keys = await unlocking.OpenAsync(cancellationToken);
        await new Tenants(database, TimeProvider.System).EnsureAsync(Tenants.First, cancellationToken);
        return new(settings, database, OpenBlobs(settings), instanceLock, place, keys, migrated);
    }

    static async Task<IReadOnlyList<string>> UpgradeAsync(
        Settings settings, IDatabase database, IReadOnlyList<SchemaScript> scripts, CancellationToken cancellationToken)
    {
        await using var unhurried = settings.PostgresConnection is { } connection ? PostgresDatabase.OpenForUpgrade(connection) : null;
        return await new SchemaRunner(unhurried ?? database, TimeProvider.System).RunAsync(scripts, cancellationToken);
    }

    /// <summary>On PostgreSQL too: with keys and files elsewhere nothing else makes it, and the control socket lies in it.</summary>
    static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new WrongSettingsException($"Data:Path is '{path}', which cannot be written to: {refused.Message}");
        }
    }

    static InstanceLock? Lock(string path)
    {
        try
        {
            return InstanceLock.TryTake(path);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new WrongSettingsException($"Data:Path is '{path}', which cannot be written to: {refused.Message}");
        }
    }

    static DiskBlobs OpenBlobs(Settings settings)
    {
        try
        {
            return DiskBlobs.Open(settings.BlobsPath, TimeProvider.System);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new WrongSettingsException(
                $"Storage:Local:Path is '{settings.BlobsPath}', which cannot be written to: {refused.Message}");
        }
    }

    static MasterKeyPlace PlaceOfMasterKey(Settings settings) => settings.MasterKey is { } text
        ? MasterKeyPlace.InEnvironment(MasterKey.Parse(text))
        : MasterKeyPlace.InFolder(settings.KeyPath);

    /// <summary>SQLite's file.</summary>
    public static string FileOf(Settings settings) => Path.Combine(settings.DataPath, "waybill.db");

    /// <summary>Nothing is written to a file in which something is wrong.</summary>
    static async Task<IDatabase> OpenSoundAsync(Settings settings)
    {
        if (settings.PostgresConnection is { } connection) return PostgresDatabase.Open(connection);
        var file = FileOf(settings);
        try
        {
            var database = SqliteDatabase.Open(file, TimeProvider.System); // recovers what a crash left, which must come first
            var look = SqliteIntegrity.Glance(file, TimeForIntegrity, TimeProvider.System);
            if (look.IsSound) return database;
            await database.DisposeAsync();
            throw new DamagedDatabaseException(file, look.Findings);
        }
        catch (StorageDamagedException damaged)
        {
            throw new DamagedDatabaseException(file, [damaged.InnerException!.Message]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        held?.Dispose(); // last, for until then the file is ours
    }
}
