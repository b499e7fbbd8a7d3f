using Waybill.Engine.Storage;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Notices;

/// <summary>What a stringer was told, newest first; what an admin was told is for whoever administers.</summary>
public sealed class NoticeBoard(IDatabase database, TimeProvider clock)
{
    /// <summary>The newest.</summary>
    public Task<List<BookNotice>> ListAsync(Bench bench, Seat seat, bool isUnreadOnly, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(session => NoticeRows.ListAsync(session, bench, seat.IsAdmin, isUnreadOnly, limit, cancellationToken), cancellationToken);

    /// <summary>Marks one as read, or all; false: there was none that was not.</summary>
    public Task<bool> ReadAsync(Bench bench, Seat seat, Guid? id, CancellationToken cancellationToken) => database.WriteAsync(
        "read notices", async session => await NoticeRows.ReadAsync(session, bench, seat.IsAdmin, id, clock.GetUtcNow()) > 0, cancellationToken);
}
