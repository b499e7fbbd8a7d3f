using Waybill.Engine.Storage;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Notices;

/// <summary>What a stringer was told, newest first; what an admin was told is for whoever administers.</summary>
public sealed class NoticeBoard(IDatabase database, TimeProvider clock)
{
    /// <summary>The newest.</summary>
    public Task<List<BookNotice>> ListAsync(
        StringerScope scope, StringerAccess access, bool isUnreadOnly, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => NoticeRows.ListAsync(session, scope, access.IsAdmin, isUnreadOnly, limit, cancellationToken), cancellationToken);

    /// <summary>Marks one as read, or all; false: there was none that was not.</summary>
    public Task<bool> ReadAsync(
        StringerScope scope, StringerAccess access, Guid? id, CancellationToken cancellationToken) => database.WriteAsync(
        "read notices", async session => await NoticeRows.ReadAsync(session, scope, access.IsAdmin, id, clock.GetUtcNow()) > 0,
        cancellationToken);
}
