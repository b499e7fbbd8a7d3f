using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Waybill.Engine.Leasing;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Secrets;

/// <summary>
/// ASP.NET Core's data-protection ring, kept in the database for all nodes, each key sealed with the data keys. One that they do not open,
/// because the file is another, counts as none: forms that were open must be loaded again. It is asked synchronously, so it answers from
/// memory; <see cref="ExchangeAsync"/> brings memory and database together.
/// </summary>
public sealed class KeyRing(IDatabase database, DataKeys keys, TimeProvider clock) : IXmlRepository, IDisposable
{
    readonly Wakeup made = new();
    ImmutableDictionary<string, XElement> kept = ImmutableDictionary<string, XElement>.Empty;
    ImmutableDictionary<string, XElement> unwritten = ImmutableDictionary<string, XElement>.Empty;

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. kept.SetItems(unwritten).OrderBy(key => key.Key, StringComparer.Ordinal).Select(key => new XElement(key.Value))];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        ImmutableInterlocked.AddOrUpdate(ref unwritten, friendlyName, new XElement(element), (_, _) => new XElement(element));
        made.Signal();
    }

    /// <summary>Writes what was made here, and reads what all nodes have.</summary>
    public async Task ExchangeAsync(CancellationToken cancellationToken)
    {
        foreach (var key in unwritten)
        {
            await database.WriteAsync("keep protection key", session => WriteAsync(session, key.Key, key.Value), cancellationToken);
            ImmutableInterlocked.Update(ref kept, keys => keys.SetItem(key.Key, key.Value));
            ImmutableInterlocked.Update(ref unwritten, keys => keys.GetValueOrDefault(key.Key) == key.Value ? keys.Remove(key.Key) : keys);
        }

        var read = await database.ReadAsync(
            session => session.QueryAsync(
                "SELECT name, box FROM protection_keys", _ => { }, row => (Name: row.Text(0), Key: Open(row.Text(0), row.Bytes(1))),
                cancellationToken),
            cancellationToken);
        kept = read.Where(row => row.Key is not null).ToImmutableDictionary(row => row.Name, row => row.Key!, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => made.Dispose();

    /// <summary>Done when a key was made here, or when the time is up.</summary>
    internal Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => made.WaitAsync(atMost, clock, cancellationToken);

    async ValueTask<int> WriteAsync(Session session, string name, XElement key) => await session.ExecuteAsync(
        """
        INSERT INTO protection_keys (name, box, created_at) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET box = EXCLUDED.box, created_at = EXCLUDED.created_at
        """,
        p => p.Text(name).Bytes(keys.Seal(Encoding.UTF8.GetBytes(key.ToString(SaveOptions.DisableFormatting)), Context(name)))
            .Instant(clock.GetUtcNow()),
        CancellationToken.None);

    XElement? Open(string name, byte[] box)
    {
        try
        {
            return XElement.Parse(Encoding.UTF8.GetString(keys.Open(box, Context(name))));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    internal static string Context(string name) => $"protection key {name}";
}
