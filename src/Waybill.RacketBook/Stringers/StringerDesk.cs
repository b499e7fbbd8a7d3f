using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Brands;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Logos;
using Waybill.RacketBook.Mails;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook.Stringers;

/// <summary>The stringers: an admin makes them, they keep their own business up to date.</summary>
public sealed class StringerDesk(
    IDatabase database, Tenants tenants, Invitations invitations, EmailSender mails, BrandBook brands, LogoShelf logos, AuditTrail audit,
    TimeProvider clock)
{
    /// <summary>Where RacketBook's receipts get their year and printed days from, unless the tenant's settings say otherwise.</summary>
    public const string StandardZone = "Europe/Zurich";

    /// <summary>What units hold that must see each other's addresses.</summary>
    static readonly Guid Newcomers = new("72616b65-7462-4f6f-8b00-000000000001");

    /// <summary>One stringer.</summary>
    public Task<Stringer?> FindAsync(TenantId id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => StringerRows.FindAsync(session, id, cancellationToken), cancellationToken);

    /// <summary>All of them, for an admin.</summary>
    public Task<List<Stringer>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => StringerRows.ListAsync(session, cancellationToken), cancellationToken);

    /// <summary>Makes a stringer with a tenant of their own, and invites them.</summary>
    /// <param name="admin">Who does.</param>
    /// <param name="wanted">Address, language, and what is known of the business.</param>
    /// <param name="inviteUrl">From a one-time secret to the link.</param>
    /// <param name="cancellationToken">Stops the waiting for a turn.</param>
    public async Task<Saving<Stringer>> InviteAsync(
        Actor admin, Stringer wanted, Func<string, string> inviteUrl, CancellationToken cancellationToken)
    {
        var saving = await FindInvitedAsync(wanted.Email, cancellationToken) ?? await MakeAsync(admin, wanted, cancellationToken);
        if (saving is not Saving<Stringer>.Done(var stringer)) return saving;
        await SpeakForAsync(stringer, cancellationToken);
        var first = await tenants.EnsureAsync(Tenants.First, cancellationToken);
        var guest = new Addressed(new Mailbox(null, Address.Parse(stringer.Email)), stringer.Locale);
        var tenant = (await tenants.FindAsync(stringer.Id, cancellationToken))!;
        try
        {
            var invited = await invitations.InviteAsync(
                admin,
                new(stringer.Id, tenant.Name, stringer.Email, stringer.DisplayName, Role.Member),
                inviteUrl,
                new(first.Id, url => mails.InviteAsync(first.Id, stringer, guest, admin.Name, url, cancellationToken)),
                cancellationToken);
            return invited is AccountChange.Refused([var fault, ..])
                ? new Saving<Stringer>.Refused(new BookFault("email", "stringer.uninvited", fault.Code))
                : saving;
        }
        catch (MailRefusedException broken)
        {
            return new Saving<Stringer>.Refused(new BookFault("", "stringer.uninvited", broken.Message));
        }
    }

    /// <summary>Who was invited and has not come yet is invited again: a mail is lost now and then.</summary>
    async Task<Saving<Stringer>?> FindInvitedAsync(string email, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session => StringerRows.FindAsync(session, email, cancellationToken),
            cancellationToken) is { Status: StringerStatus.Invited } known
            ? new Saving<Stringer>.Done(known)
            : null;

    /// <summary>Makes a stringer an admin, or none any more; closes their book, or opens it again.</summary>
    public Task<Saving<Stringer>> RuleAsync(
        Actor admin, TenantId id, bool? isAdmin, bool? isClosed,
        CancellationToken cancellationToken) => database.WriteAsync<Saving<Stringer>>(
        "rule stringer",
        async session =>
        {
            if (await StringerRows.FindAsync(session, id, CancellationToken.None) is not { } present) return new Saving<Stringer>.Missing();
            var wanted = present with { IsAdmin = isAdmin ?? present.IsAdmin, Status = StatusAfter(present, isClosed) };
            if (wanted == present && (isAdmin != true || await AdminRows.IsSettledAsync(session, present)))
                return new Saving<Stringer>.Done(present);
            if (!await StringerRows.UpdateAsync(session, wanted)) return new Saving<Stringer>.Stale();
            if (isAdmin == true) await AdminRows.GiveAsync(session, present, clock.GetUtcNow());
            else if (isAdmin == false) await AdminRows.TakeAsync(session, id);
            await audit.AppendAsync(
                session, admin, id, "racketbook.rule",
                $"{present.Email}: {(wanted.IsAdmin ? "admin" : "stringer")}, {wanted.Status.ToString().ToLowerInvariant()}");
            return new Saving<Stringer>.Done(wanted with { Version = wanted.Version + 1 });
        },
        cancellationToken);

    /// <summary>Settles that the person who came is the admin that their stringer was made; who came only to read is not.</summary>
    public Task<bool> SettleAdminAsync(Actor who, Stringer stringer, CancellationToken cancellationToken) => database.WriteAsync(
        "settle admin",
        async session =>
        {
            if (await AdminRows.FindAsync(session, stringer) != who.Person
                || !await AdminRows.IsVacantAsync(session, stringer.Id, CancellationToken.None)) return false;
            await AdminRows.GiveAsync(session, stringer, clock.GetUtcNow());
            await audit.AppendAsync(session, who, stringer.Id, "racketbook.admin", stringer.Email);
            return true;
        },
        cancellationToken);

    static StringerStatus StatusAfter(Stringer present, bool? isClosed) => (isClosed, present.Status) switch
    {
        (true, _) => StringerStatus.Disabled,
        (false, StringerStatus.Disabled) => present.DisplayName.Length == 0 ? StringerStatus.Invited : StringerStatus.Active,
        _ => present.Status,
    };

    /// <summary>Makes a stringer with a tenant of their own.</summary>
    public Task<Saving<Stringer>> MakeAsync(
        Actor admin, Stringer wanted, CancellationToken cancellationToken) => database.WriteAsync<Saving<Stringer>>(
        "make stringer",
        async session =>
        {
            await session.HoldAsync([Newcomers], CancellationToken.None);
            if (await StringerRows.FindAsync(session, wanted.Email, CancellationToken.None) is not null)
                return new Saving<Stringer>.Refused(new BookFault("email", "stringer.email-taken"), isConflict: true);
            var stringer = wanted with { Id = (await TenantAsync(session, wanted.Email)).Id, Version = 1 };
            await StringerRows.InsertAsync(session, stringer, clock.GetUtcNow());
            if (stringer.IsAdmin) await AdminRows.GiveAsync(session, stringer, clock.GetUtcNow());
            await ClientRows.InsertAsync(session, StringerScope.Of(stringer.Id, admin), Themselves(stringer), clock.GetUtcNow());
            await audit.AppendAsync(session, admin, stringer.Id, "racketbook.stringer", stringer.Email);
            return new Saving<Stringer>.Done(stringer);
        },
        cancellationToken);

    /// <summary>Changes what a stringer says of themselves; the mails of their tenant say it too.</summary>
    public Task<Saving<Stringer>> ChangeAsync(
        StringerScope scope, int? expected, Func<Stringer, Stringer> change, CancellationToken cancellationToken) =>
        ChangeAsync(scope, expected, change, LogoChange.Keep, cancellationToken);

    /// <summary>The same, and the logo with it.</summary>
    public async Task<Saving<Stringer>> ChangeAsync(
        StringerScope scope, int? expected, Func<Stringer, Stringer> change, LogoChange logo, CancellationToken cancellationToken)
    {
        Guid? put = logo is LogoChange.Put(var image) ? await logos.PutAsync(scope.Stringer, image, cancellationToken) : null;
        var saving =
            await WriteAsync(
                scope, expected, one => change(one) with { Logo = logo is LogoChange.Kept ? one.Logo : put }, cancellationToken);
        if (saving is Saving<Stringer>.Done(var changed)) await SpeakForAsync(changed, cancellationToken);
        else if (put is { } unwanted) await logos.RemoveAsync(scope.Stringer, unwanted);
        return saving;
    }

    Task<Saving<Stringer>> WriteAsync(
        StringerScope scope, int? expected, Func<Stringer, Stringer> change, CancellationToken cancellationToken) =>
        database.WriteAsync<Saving<Stringer>>(
            "change stringer",
            async session =>
            {
                if (await StringerRows.FindAsync(session, scope.Stringer, CancellationToken.None) is not { } present)
                    return new Saving<Stringer>.Missing();
                if (expected is { } version && version != present.Version) return new Saving<Stringer>.Stale();
                var wanted = change(present) with { Id = present.Id, Email = present.Email };
                if (!await StringerRows.UpdateAsync(session, wanted)) return new Saving<Stringer>.Stale();
                return new Saving<Stringer>.Done(wanted with { Version = wanted.Version + 1 });
            },
            cancellationToken);

    /// <summary>Makes the default brand of a stringer's tenant say what their receipts say.</summary>
    public async Task SpeakForAsync(Stringer stringer, CancellationToken cancellationToken)
    {
        var identity = new BrandIdentity
        {
            Name = stringer.DisplayName.Length > 0 ? stringer.DisplayName : stringer.Email,
            ReplyTo = Valid(stringer.BusinessEmail) ?? Valid(stringer.Email),
            Locale = stringer.Locale,
        };
        if (await brands.FindAsync(stringer.Id, idOrAlias: null, cancellationToken) is { } present)
        {
            if (present.Identity with { Name = identity.Name, ReplyTo = identity.ReplyTo, Locale = identity.Locale } is var wanted
                && wanted != present.Identity)
                await brands.ChangeAsync(
                    stringer.Id, present.Id, expected: null, brand => brand with { Identity = wanted }, cancellationToken);
            return;
        }

        if (await brands.CreateAsync(
            stringer.Id, BrandBook.DefaultAlias, identity, logo: null, relay: null, cancellationToken) is BrandChange.Done(var made))
            await brands.MakeDefaultAsync(stringer.Id, made.Id, cancellationToken);
    }

    /// <summary>Their own rackets are strung too: those are self-jobs.</summary>
    Client Themselves(Stringer stringer) => new()
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()),
        IsSelf = true,
        Person = new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            FirstName = stringer.DisplayName.Length > 0 ? stringer.DisplayName : stringer.Email.Split('@')[0],
            Email = stringer.Email,
        },
    };

    static string? Valid(string? email) => Address.TryParse(email, out _, out _) ? email : null;

    /// <summary>A tenant whose name tells who it is, and is nobody else's.</summary>
    async ValueTask<Tenant> TenantAsync(Session session, string email)
    {
        var local =
            new string(
                [.. email.Split('@')[0].ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_').Take(40)]);
        var name = local.Length > 0 ? local : "stringer";
        for (var n = 1; ; n++)
            if (await tenants.CreateAsync(session, n == 1 ? name : $"{name}-{n}", StandardZone) is { } made) return made;
    }
}
