using Microsoft.Extensions.Logging;
using Waybill.Engine.Accepting;
using Waybill.Engine.Audit;
using Waybill.Engine.Brands;
using Waybill.Engine.Journal;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;
using Waybill.RacketBook.Mails;
using Waybill.RacketBook.Notices;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Moderation;

/// <summary>Proposals for the catalogue of all: a stringer makes one, every admin hears of it once, an admin decides.</summary>
public sealed partial class ModerationDesk(
    IDatabase database, Units units, EmailSender mails, Tenants tenants, AuditTrail audit, OperatorAddress operatorAddress,
    TimeProvider clock, ILogger<ModerationDesk> log)
{
    /// <summary>A stringer's own proposals, newest first.</summary>
    public Task<List<Submission>> ListAsync(StringerScope scope, Guid? after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(session => SubmissionRows.ListAsync(session, scope, after, limit, cancellationToken), cancellationToken);

    /// <summary>Everybody's, for an admin.</summary>
    public Task<List<Submission>> ListAllAsync(bool isPendingOnly, Guid? after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => SubmissionRows.ListAllAsync(session, isPendingOnly, after, limit, cancellationToken), cancellationToken);

    /// <summary>Proposes a racket or a string of the stringer's own.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="kind">What.</param>
    /// <param name="row">Which.</param>
    /// <param name="url">Where an admin looks at it.</param>
    /// <param name="cancellationToken">Stops the waiting for a turn.</param>
    public async Task<Saving<Submission>> ProposeAsync(
        StringerScope scope, CatalogueKind kind, Guid row, string url, CancellationToken cancellationToken)
    {
        var saving = await database.WriteAsync<Saving<Submission>>(
            "propose",
            async session =>
            {
                if (await FindAsync(session, scope.Stringer, kind, row) is not { } label)
                    return new Saving<Submission>.Refused(new BookFault("row_id", "submission.row"));
                var stringer = await StringerRows.FindAsync(session, scope.Stringer, CancellationToken.None);
                var submission = New(scope, kind, row, label) with { StringerName = stringer?.DisplayName ?? "" };
                if (!await SubmissionRows.InsertAsync(session, submission))
                    return new Saving<Submission>.Refused(new BookFault("row_id", "submission.open"), isConflict: true);
                foreach (var admin in await StringerRows.AdminsAsync(session, CancellationToken.None))
                    await NoticeRows.AppendAsync(session, admin.Id, NoticeRows.Proposed, submission.Id, label, clock.GetUtcNow());
                return new Saving<Submission>.Done(submission);
            },
            cancellationToken);
        if (saving is Saving<Submission>.Done(var made)) await NotifyAsync(made, url);
        return saving;
    }

    /// <summary>Takes what is proposed into the catalogue of all, or leaves it where it is, with a reason.</summary>
    public Task<Saving<Submission>> DecideAsync(
        Actor admin, Guid id, bool isPromoted, string? notes,
        CancellationToken cancellationToken) => database.WriteAsync<Saving<Submission>>(
        "decide on proposal",
        async session =>
        {
            await session.HoldAsync([id], CancellationToken.None); // two admins at once decide one after the other
            if (await SubmissionRows.FindAsync(session, id, CancellationToken.None) is not { } open)
                return new Saving<Submission>.Missing();
            if (!isPromoted && string.IsNullOrWhiteSpace(notes))
                return new Saving<Submission>.Refused(new BookFault("notes", "submission.reason"));
            if (isPromoted && open.Status == SubmissionStatus.Pending
                && await FindAsync(session, open.Stringer, open.Kind, open.Row) != open.Label)
                return new Saving<Submission>.Refused(new BookFault("row_id", "submission.changed"), isConflict: true);
            var decided = open with
            {
                Status = isPromoted ? SubmissionStatus.Promoted : SubmissionStatus.Rejected,
                ReviewedBy = admin.Name,
                ReviewedAt = clock.GetUtcNow(),
                Notes = string.IsNullOrWhiteSpace(notes) ? null : notes.Trim(),
            };
            if (!await SubmissionRows.DecideAsync(session, decided))
                return new Saving<Submission>.Refused(new BookFault("", "submission.decided"), isConflict: true);
            if (isPromoted && !await ShareAsync(session, open))
                throw new InvalidOperationException("What is proposed went away while its unit held it.");
            await NoticeRows.AppendAsync(session, open.Stringer, "catalogue_submission_decided", open.Id, open.Label, clock.GetUtcNow());
            await audit.AppendAsync(session, admin, open.Stringer, isPromoted ? "racketbook.promote" : "racketbook.reject", open.Label);
            return new Saving<Submission>.Done(decided);
        },
        cancellationToken);

    static ValueTask<bool> ShareAsync(Session session, Submission open) =>
        open.Kind == CatalogueKind.Racket
            ? CatalogueRows.Rackets.ShareAsync(session, open.Row)
            : CatalogueRows.Strings.ShareAsync(session, open.Row);

    Submission New(StringerScope scope, CatalogueKind kind, Guid row, string label) => new()
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()),
        Kind = kind,
        Row = row,
        Stringer = scope.Stringer,
        Label = label,
        CreatedAt = clock.GetUtcNow(),
    };

    /// <summary>
    /// All that would be shared of it, in words; null when the stringer has no such thing of their own, or all have it already. A racket
    /// that belongs to a client, or bears a serial, is nobody else's.
    /// </summary>
    static async ValueTask<string?> FindAsync(Session session, TenantId stringer, CatalogueKind kind, Guid row)
    {
        if (kind == CatalogueKind.Racket)
        {
            var racket = await CatalogueRows.Rackets.FindListedAsync(session, stringer, row, CancellationToken.None);
            return racket is { Visibility: Visibility.Private, Serial: null }
                ? string.Join(' ', new[] { racket.Facts().Name, Text(racket.HeadSize), racket.Pattern }.OfType<string>())
                : null;
        }

        var one = await CatalogueRows.Strings.FindListedAsync(session, stringer, row, CancellationToken.None);
        return one is { Visibility: Visibility.Private } ? string.Join(' ', new[] { one.Name, one.Gauge }.OfType<string>()) : null;
    }

    static string? Text(decimal? number) => number?.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>One message to each admin, whatever becomes of it: a proposal never waits for a mail.</summary>
    async Task NotifyAsync(Submission submission, string url)
    {
        try
        {
            var sender = await tenants.EnsureAsync(Tenants.First, CancellationToken.None);
            foreach (var admin in await AdminsAsync(CancellationToken.None))
            {
                var message = await mails.ModerationNoticeAsync(sender.Id, submission, admin, url, CancellationToken.None);
                await units.RunAsync("moderation notice", unit => Post(unit, sender.Id, message), CancellationToken.None);
            }
        }
        catch (Exception unsent) when (unsent is MailRefusedException or StorageException or ArgumentException)
        {
            LogUnsent(submission.Id, unsent.Message);
        }
    }

    static ValueTask Post(Unit unit, TenantId sender, NewMessage message)
    {
        unit.Post(sender, message);
        return ValueTask.CompletedTask;
    }

    /// <summary>The admins among the stringers; where there are none, the operator.</summary>
    async Task<List<Addressed>> AdminsAsync(CancellationToken cancellationToken)
    {
        var admins = await database.ReadAsync(session => StringerRows.AdminsAsync(session, cancellationToken), cancellationToken);
        if (admins.Count > 0)
            return [
                .. admins.Select(admin => (admin.Locale, Address: Parse(admin.Email))).Where(one => one.Address is not null)
                    .Select(one => new Addressed(one.Address!, one.Locale))];
        return Parse(await operatorAddress.FindAsync(cancellationToken)) is { } only ? [new(only, "en")] : [];
    }

    static Mailbox? Parse(string? email) => Address.TryParse(email, out var address, out _) ? new Mailbox(null, address) : null;

    [LoggerMessage(4201, LogLevel.Error, "The admins do not hear of the proposal {Submission} by mail: {Reason}")]
    partial void LogUnsent(Guid submission, string reason);
}
