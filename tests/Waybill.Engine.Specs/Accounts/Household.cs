using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Catalogue;
using Waybill.Engine.SigningIn;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Specs.Events;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Accounts;

/// <summary>The rooms of accounts on one node, around a post office.</summary>
internal sealed class Household : IAsyncDisposable
{
    public const string Password = "four words of mine";

    readonly PostOffice office;
    readonly Station station;

    Household(PostOffice office, IDatabase database, string node)
    {
        this.office = office;
        (Audit, Check, Sessions,
            Links) = (new(database, office.Master, office.Clock), new(database, office.Master), new(database, office.Clock),
                new(database, office.Clock));
        station = new(office, types: [PasswordResets.Asked], node: node, database: database);
        Book = new(database, office.Master, office.Clock, NullLogger<UserManager<Account>>.Instance, iterations: 100);
        Members = new(database, Audit, office.Clock);
        People = new(database, Book, Links, Members, Audit, office.Clock);
        var mails = Mails(office);
        SignIn = new(database, Book, Sessions, mails, Audit, office.Clock);
        Resets = new(Book, Links, mails, station.Units, Audit, office.Clock);
        Own = new(database, Book, mails, Audit, office.Clock);
        Invitations = new(database, Book, People, Members, Links, mails, station.Units, Audit, office.Clock);
        Passkeys = new(database, Book, Own, Sessions, Audit, new(null, () => ["http://127.0.0.1:8080"]), office.Clock);
    }

    public static AccountMails Mails(PostOffice office) =>
        new(office.Writer, office.Tenants, office.Intake, office.Clock, NullLogger<AccountMails>.Instance);

    public static Machine Desk { get; } = new("192.0.2.1", "specs");

    public static Machine Elsewhere { get; } = new("198.51.100.7", "specs");

    public AuditTrail Audit { get; }

    public AuditCheck Check { get; }

    public Sessions Sessions { get; }

    public Links Links { get; }

    public AccountBook Book { get; }

    public Members Members { get; }

    public People People { get; }

    public SignIn SignIn { get; }

    public PasswordResets Resets { get; }

    public OwnAccount Own { get; }

    public Invitations Invitations { get; }

    public Passkeys Passkeys { get; }

    /// <summary>On the office's own node.</summary>
    public static async Task<Household> OpenAsync(PostOffice office)
    {
        await office.Templates.ShipAsync(ShippedTemplates.OfEngine, CancellationToken.None);
        return new(office, office.Database, "here");
    }

    /// <summary>On another node, with connections of its own where the database has any.</summary>
    public static Household Beside(PostOffice office) =>
        new(office, office.Database.Writers > 1 ? office.OpenAgain() : office.Database, "beside");

    /// <summary>On the office's own node, through a door that a spec holds.</summary>
    public static Household Behind(PostOffice office, IDatabase database) => new(office, database, "here");

    /// <summary>The first owner.</summary>
    public async Task<Person> SeedAsync(string email = "ann@example.org") =>
        Assert.IsType<AccountChange.Done>(await People.SeedOwnerAsync(new(email, "Ann", "en", Password), CancellationToken.None)).Person;

    /// <summary>Somebody who accepted an invitation of the first owner's.</summary>
    public async Task<Person> JoinAsync(Person inviter, string email, Role role, TenantId? place = null)
    {
        var link = await InviteAsync(inviter, email, role, place);
        return Assert.IsType<AccountChange.Done>(
            await Invitations.AcceptAsync(link, new NewPerson(email, "Bob", "en", Password), "", CancellationToken.None)).Person;
    }

    public async Task<AccountLink> InviteAsync(Person inviter, string email, Role role = Role.Owner, TenantId? place = null) =>
        (await Links.FindAsync(LinkKind.Invite, await InviteForSecretAsync(inviter, email, role, place), CancellationToken.None))!;

    /// <summary>Invites, and gives the link's secret.</summary>
    public async Task<string> InviteForSecretAsync(Person inviter, string email, Role role = Role.Owner, TenantId? place = null)
    {
        var change = await Invitations.InviteAsync(
            inviter.ActorAt(""), inviter, new(place ?? TenantId.Everybody, "Waybill", email, "Bob", role),
            secret => "https://mail.example.org/admin/invite/" + secret, CancellationToken.None);
        return Assert.IsType<AccountChange.Invited>(change).Url.Split('/')[^1];
    }

    /// <summary>Changes a password by a link, as its owner does who fears that somebody knows it.</summary>
    public async Task ResetAsync(Person person, string password)
    {
        var link = await ResetLinkAsync(person);
        Assert.IsType<AccountChange.Done>(
            await Resets.ResetAsync(link, password, Elsewhere.Address, "https://mail.example.org/admin/reset", CancellationToken.None));
    }

    /// <summary>A link to a new password.</summary>
    public async Task<AccountLink> ResetLinkAsync(Person person)
    {
        var secret = await office.Database.WriteAsync(
            "make reset link", session => Links.MakeAsync(session, Links.New(LinkKind.Reset) with { Person = person.Id }, by: null),
            CancellationToken.None);
        return (await Links.FindAsync(LinkKind.Reset, secret, CancellationToken.None))!;
    }

    /// <summary>Turns the second factor on by a key, from a session, and gives the recovery codes.</summary>
    public async Task<IReadOnlyList<string>> TurnTotpOnAsync(Person person, SessionId session, string key)
    {
        var code = Authenticator.CodeOf(key, office.Clock.GetUtcNow());
        var change = await Own.TurnTotpOnAsync(person.ActorAt(""), session, key, code, Password, CancellationToken.None);
        return Assert.IsType<AccountChange.DoneWithCodes>(change).Codes;
    }

    /// <summary>The secret of a link to a new password, as the command line makes it.</summary>
    public async Task<string> ResetAsync(string email) => (await Resets.MakeLinkAsync(email, CancellationToken.None))!.Secret;

    /// <summary>A whole session of who has no second factor.</summary>
    public async Task<string> EnterAsync(string email, string password = Password) =>
        Assert.IsType<SignInOutcome.Entered>(await SignIn.TryPasswordAsync(email, password, Desk, CancellationToken.None)).Secret;

    /// <summary>The acts of the instance, the newest first.</summary>
    public async Task<List<string>> ActsAsync() =>
        [.. (await Audit.ListAsync(TenantId.Everybody, new(), 100, CancellationToken.None)).Select(entry => entry.Act)];

    public async ValueTask DisposeAsync()
    {
        Book.Dispose();
        await station.DisposeAsync();
    }
}

/// <summary>A contract about accounts: one node, and another one beside it.</summary>
public abstract class HouseholdContract(Provider provider) : DatabaseContract(provider)
{
    internal Household House { get; private set; } = null!;

    internal Household Beside { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (House, Beside) = (await Household.OpenAsync(Office), Household.Beside(Office));
    }

    public override async ValueTask DisposeAsync()
    {
        if (House is not null) await House.DisposeAsync();
        if (Beside is not null) await Beside.DisposeAsync();
        await base.DisposeAsync();
    }
}
