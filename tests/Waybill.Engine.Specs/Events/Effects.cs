using Waybill.Engine.Storage;

namespace Waybill.Engine.Specs.Events;

/// <summary>A table of the specs' own, whose rows are what handlers and books bring about.</summary>
internal static class Effects
{
    public static Task<int> CreateAsync(IDatabase database) => database.WriteAsync(
        "create effects", session => session.ExecuteAsync("CREATE TABLE effects (what text NOT NULL)", _ => { }, CancellationToken.None),
        CancellationToken.None);

    public static async ValueTask NoteAsync(Session session, string what) =>
        await session.ExecuteAsync("INSERT INTO effects (what) VALUES ($1)", p => p.Text(what), CancellationToken.None);

    public static Task<List<string>> ReadAsync(IDatabase database) => database.ReadAsync(
        session => session.QueryAsync("SELECT what FROM effects", _ => { }, row => row.Text(0), CancellationToken.None),
        CancellationToken.None);
}
