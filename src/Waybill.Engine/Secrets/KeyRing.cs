using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Secrets;

/// <summary>
/// ASP.NET Core's data-protection ring, kept in the database for all nodes, each key sealed with the master key. One that it does not open,
/// because the file is another, counts as none: forms that were open must be loaded again.
/// </summary>
public sealed class KeyRing(IDatabase database, MasterKey master, TimeProvider clock) : IXmlRepository
{
    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Wait(database.ReadAsync(
            session => session.QueryAsync("SELECT name, box FROM protection_keys ORDER BY name", _ => { }, row => Open(row.Text(0), row.Bytes(1)), CancellationToken.None),
            CancellationToken.None)).OfType<XElement>()];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) => Wait(database.WriteAsync(
        "keep protection key",
        session => session.ExecuteAsync(
            """
            INSERT INTO protection_keys (name, box, created_at) VALUES ($1, $2, $3)
            ON CONFLICT (name) DO UPDATE SET box = EXCLUDED.box, created_at = EXCLUDED.created_at
            """,
            p => p.Text(friendlyName).Bytes(master.Seal(System.Text.Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)), Context(friendlyName)))
                .Instant(clock.GetUtcNow()),
            CancellationToken.None),
        CancellationToken.None));

    XElement? Open(string name, byte[] box)
    {
        try
        {
            return XElement.Parse(System.Text.Encoding.UTF8.GetString(master.Open(box, Context(name))));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The interface knows no waiting; on a thread of its own nothing can wait for us in turn.</summary>
    static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    static string Context(string name) => $"protection key {name}";
}
