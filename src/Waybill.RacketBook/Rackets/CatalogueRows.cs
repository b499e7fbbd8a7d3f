using Waybill.Engine.Storage;
using Waybill.Engine.Tables;
using Waybill.Engine.Tenancy;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Rackets;

/// <summary>The two tables of the catalogue.</summary>
static class CatalogueRows
{
    internal static CatalogueRows<Racket> Rackets { get; } = new(
        "racketbook_rackets", racket => racket.CreatedBy, "coalesce(maker, '') || ' ' || model || ' ' || coalesce(serial, '')",
        ", owner_client_id = NULL");

    internal static CatalogueRows<TennisString> Strings { get; } = new(
        "racketbook_strings", one => one.CreatedBy, "coalesce(maker, '') || ' ' || model", "");
}

/// <summary>The rows of rackets, or of strings: a stringer sees their own and those that are shared.</summary>
sealed class CatalogueRows<T> where T : class
{
    /// <summary>Nobody changes what all share.</summary>
    const string Theirs = "removed_at IS NULL AND visibility <> 'catalogue_shared'";

    readonly Sql name;
    readonly Sql sought;
    readonly Sql alsoShared;
    readonly Func<T, TenantId> owner;
    readonly View<T> view;

    internal CatalogueRows(string name, Func<T, TenantId> owner, string sought, string alsoShared)
    {
        (this.name, this.owner, this.sought, this.alsoShared) = (Sql.Text(name), owner, Sql.Text(sought), Sql.Text(alsoShared));
        Table = new Table<T>(name, "stringer_id")
            .Words(nameof(Racket.Visibility), "visibility", Visibilities.Word, word => Visibilities.Find(word)!.Value)
            .Words(nameof(Racket.IsImported), "source", isImported => isImported ? "imported" : "manual", word => word == "imported")
            .Computed<bool>(nameof(Racket.IsRemoved), "{0}.removed_at IS NOT NULL")
            .Fixed("source")
            .Created();
        view = new(() => Table.Columns(name), this.name, name, SeenBy, row => Table.Read(row));
    }

    internal Table<T> Table { get; }

    /// <summary>One that the stringer sees, removed ones included.</summary>
    internal ValueTask<T?> FindAsync(Session session, StringerScope scope, Guid id, CancellationToken cancellationToken) =>
        view.Of(scope.Stringer).FindAsync(session, id, cancellationToken);

    /// <summary>One that is in the lists.</summary>
    internal ValueTask<T?> FindListedAsync(Session session, TenantId stringer, Guid id, CancellationToken cancellationToken) =>
        view.Of(stringer).FirstAsync(session, $"id = {id} AND removed_at IS NULL", cancellationToken);

    internal ValueTask<List<T>> ListAsync(
        Session session, StringerScope scope, CatalogueFilter filter, int limit, CancellationToken cancellationToken) =>
        view.Of(scope.Stringer).NewestAsync(
            session,
            $"removed_at IS NULL AND ({filter.Pattern} IS NULL OR lower({sought}) LIKE {filter.Pattern} ESCAPE '!')",
            filter.After,
            limit,
            cancellationToken);

    /// <summary>A page of those that are in the lists, the oldest first.</summary>
    internal ValueTask<List<T>> PageAsync(
        Session session, StringerScope scope, Guid? after, int limit, CancellationToken cancellationToken) =>
        view.Of(scope.Stringer).OldestAsync(session, Sql.Text("removed_at IS NULL"), after, limit, cancellationToken);

    internal ValueTask InsertAsync(Session session, T one, DateTimeOffset at) => Table.InsertAsync(session, owner(one), one, at);

    /// <summary>
    /// Only what the stringer wrote down and is not shared; false when that is not so, or somebody else changed it since it was read.
    /// </summary>
    internal ValueTask<bool> UpdateAsync(Session session, StringerScope scope, T one) =>
        Table.UpdateAsync(session, scope.Stringer, one, Theirs);

    internal async ValueTask<bool> RemoveAsync(
        Session session, StringerScope scope, Guid id, DateTimeOffset at) => await session.ExecuteAsync(
        $"""
        UPDATE {name} SET removed_at = {at}, version = version + 1
        WHERE stringer_id = {scope.Stringer} AND id = {id} AND {Sql.Text(Theirs)}
        """) == 1;

    /// <summary>From a proposal into the catalogue of all; false when it is there already, or gone.</summary>
    internal async ValueTask<bool> ShareAsync(Session session, Guid id) => await session.ExecuteAsync(
        $"UPDATE {name} SET visibility = 'catalogue_shared'{alsoShared}, version = version + 1 WHERE id = {id} AND {Sql.Text(Theirs)}") == 1;

    Sql SeenBy(TenantId stringer) => $"({Table.TenantIs(name.ToString(), stringer)} OR visibility = 'catalogue_shared')";
}

/// <summary>Which rackets or strings.</summary>
/// <param name="After">Continues after this one.</param>
/// <param name="Words">Within maker, model or serial.</param>
public sealed record CatalogueFilter(Guid? After = null, string? Words = null)
{
    internal string? Pattern => string.IsNullOrWhiteSpace(Words) ? null : Sought.Within(Words.ToLowerInvariant());
}
