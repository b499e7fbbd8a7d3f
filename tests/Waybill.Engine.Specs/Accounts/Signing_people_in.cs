using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Brands;
using Waybill.Engine.Secrets;
using Waybill.Engine.SigningIn;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Tenancy;
using Xunit;

namespace Waybill.Engine.Specs.Accounts;

public sealed class Signing_people_in_on_Sqlite() : Signing_people_in(Provider.Sqlite);

public sealed class Signing_people_in_on_Postgres() : Signing_people_in(Provider.Postgres);

public abstract class Signing_people_in(Provider provider) : DatabaseContract(provider)
{
    const string Email = "ann@example.org";
    const string Password = "four words of mine";

    static readonly DataKeys Master = DataKeys.FromMaster(MasterKey.Parse(Convert.ToBase64String(new byte[32])));
    static readonly Machine Desk = new("192.0.2.1", "specs");
    static readonly Machine Elsewhere = new("198.51.100.7", "specs");

    AuditTrail audit = null!;
    Sessions sessions = null!;
    Links links = null!;
    AccountBook book = null!;
    People people = null!;
    SignIn signIn = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (audit, sessions, links) = (new(Database, Master, Office.Clock), new(Database, Office.Clock), new(Database, Office.Clock));
        book = new(Database, Master, Office.Clock, NullLogger<UserManager<Account>>.Instance);
        people = new(Database, book, links, new(Database, audit, Office.Clock), audit, Office.Clock);
        signIn = new(Database, book, sessions, Household.Mails(Office), audit, Office.Clock);
        Assert.IsType<AccountChange.Done>(await people.SeedOwnerAsync(new(Email, "Ann", "en", Password), None));
    }

    [Fact]
    public async Task Lets_in_by_the_password_and_knows_them_by_the_cookie()
    {
        var secret = await EnterAsync();

        var found = (await sessions.FindAsync(secret, None))!;

        Assert.Equal((Email, "Ann", false), (found.Person.Email, found.Person.Name, found.Person.HasTotp));
        Assert.Equal((Role.Owner, Role.Owner), (found.InstanceRole, found.RoleIn(Office.Tenant)));
        Assert.Null(await sessions.FindAsync(secret + "x", None));
    }

    [Fact]
    public async Task Keeps_no_password_and_no_cookie()
    {
        var secret = await EnterAsync();
        var kept = await Database.ReadAsync(
            session => session.QueryAsync(
                "SELECT p.password_hash, s.hash FROM people p JOIN sessions s ON s.person_id = p.id", _ => { },
                row => row.Text(0) + Convert.ToBase64String(row.Bytes(1)), None),
            None);

        Assert.DoesNotContain(Password, Assert.Single(kept), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, kept[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_a_session_after_seven_days_without_use_and_after_thirty_with_it()
    {
        var (idle, used) = (await EnterAsync(), await EnterAsync());
        for (var day = 0; day < 29; day++)
        {
            Office.Clock.Advance(TimeSpan.FromDays(1));
            Assert.Equal(day < 6, await sessions.FindAsync(idle, None) is not null);
            await sessions.NoteUseAsync((await sessions.FindAsync(used, None))!.Session, Elsewhere, null, None);
        }

        Assert.Equal(
            "198.51.100.7", Assert.Single(await sessions.ListAsync((await sessions.FindAsync(used, None))!.Person.Id, None)).Address);
        Office.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await sessions.FindAsync(used, None));
    }

    [Theory]
    [InlineData(Email, "Four words of mine")]
    [InlineData("bob@example.org", Password)]
    [InlineData("nobody at all", "")]
    public async Task Verifies_one_password_whether_there_is_such_an_account_or_not(string email, string password)
    {
        Assert.IsType<SignInOutcome.Wrong>(await signIn.TryPasswordAsync(email, password, Desk, None));

        Assert.Equal(1, signIn.Verifications);
    }

    [Fact]
    public async Task Keeps_nothing_in_the_audit_that_was_typed_for_an_address_and_is_none()
    {
        for (var n = 0; n < 11; n++) await signIn.TryPasswordAsync(Password, "", Desk, None);
        await signIn.TryPasswordAsync(" BOB@example.org ", "guess", Desk, None);

        var entries = await audit.ListAsync(TenantId.Everybody, new(Act: "session"), 100, None);
        Assert.Equal(["(not an address)", "bob@example.org"], entries.Select(entry => entry.What).Distinct().Order(StringComparer.Ordinal));
        Assert.Single(entries, entry => entry.Act == Acts.Throttled);
    }

    [Fact]
    public async Task Looks_through_the_audit_for_whatever_is_typed()
    {
        await signIn.TryPasswordAsync(Email, Password, Desk, None);

        Assert.Single(await audit.ListAsync(TenantId.Everybody, new(Act: Acts.SignIn, Who: "ANN@\0"), 10, None));
        Assert.Empty(await audit.ListAsync(TenantId.Everybody, new(Act: "\0"), 10, None));
    }

    [Fact]
    public async Task Lets_ten_attempts_a_minute_fail_and_no_more_from_one_address_while_the_owner_gets_in_from_another()
    {
        for (var n = 0; n < 10; n++) Assert.IsType<SignInOutcome.Wrong>(await signIn.TryPasswordAsync(Email, "guess", Desk, None));

        Assert.IsType<SignInOutcome.Throttled>(await signIn.TryPasswordAsync(Email, Password, Desk, None));
        Assert.IsType<SignInOutcome.Throttled>(await signIn.TryPasswordAsync(" ANN@example.org", Password, Desk, None));
        Assert.Equal(10, signIn.Verifications);
        Assert.IsType<SignInOutcome.Entered>(await signIn.TryPasswordAsync(Email, Password, Elsewhere, None));
        Office.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<SignInOutcome.Entered>(await signIn.TryPasswordAsync(Email, Password, Desk, None));
        Assert.Single(await ActsAsync(), Acts.Throttled);
    }

    [Fact]
    public async Task Waits_no_longer_because_the_clock_was_put_back()
    {
        for (var n = 0; n < 10; n++) await signIn.TryPasswordAsync(Email, "guess", Desk, None);
        Office.Clock.Advance(TimeSpan.FromHours(-2));
        Assert.IsType<SignInOutcome.Throttled>(await signIn.TryPasswordAsync(Email, Password, Desk, None));

        Office.Clock.Advance(SignInThrottle.Window);

        Assert.IsType<SignInOutcome.Entered>(await signIn.TryPasswordAsync(Email, Password, Desk, None));
    }

    [Fact]
    public async Task Counts_attempts_that_are_made_at_once()
    {
        var outcomes =
            await Task.WhenAll(
                Enumerable.Range(0, 25).Select(_ => Task.Run(() => signIn.TryPasswordAsync("bob@example.org", "guess", Desk, None))));

        Assert.Equal(10, outcomes.OfType<SignInOutcome.Wrong>().Count());
        Assert.Equal(15, outcomes.OfType<SignInOutcome.Throttled>().Count());
    }

    [Fact]
    public async Task Takes_one_address_of_an_IPv6_net_for_all_of_it()
    {
        for (var n = 0; n < 10; n++) await signIn.TryPasswordAsync(Email, "guess", new($"2001:db8:1:2::{n}", ""), None);

        Assert.IsType<SignInOutcome.Throttled>(await signIn.TryPasswordAsync(Email, Password, new("2001:db8:1:2:ffff::1", ""), None));
        Assert.IsType<SignInOutcome.Entered>(await signIn.TryPasswordAsync(Email, Password, new("2001:db8:1:3::1", ""), None));
    }

    [Fact]
    public async Task Makes_one_owner_of_many_who_open_first_links_at_once()
    {
        await using var fresh = await PostOffice.OpenAsync(Provider);
        using var accounts = new AccountBook(fresh.Database, Master, fresh.Clock, NullLogger<UserManager<Account>>.Instance);
        var (theirLinks, theirAudit) = (new Links(fresh.Database, fresh.Clock), new AuditTrail(fresh.Database, Master, fresh.Clock));
        var theirs = new People(
            fresh.Database, accounts, theirLinks, new(fresh.Database, theirAudit, fresh.Clock), theirAudit, fresh.Clock);
        var found = new List<AccountLink>();
        for (var n = 0; n < 4; n++)
            found.Add((await theirLinks.FindAsync(LinkKind.First, (await theirs.MakeFirstLinkAsync(None))!, None))!);

        var made =
            await Task.WhenAll(
                found.Select(
                    (
                        link,
                        n) => Task.Run(() => theirs.MakeFirstOwnerAsync(link, new($"p{n}@example.org", "P", "en", Password), "", None))));

        Assert.Single(made.OfType<AccountChange.Done>());
        Assert.All(made.OfType<AccountChange.Refused>(), refused => Assert.Equal("link.gone", Assert.Single(refused.Faults).Code));
        Assert.Equal(1, await PostOffice.NumberAsync(fresh.Database, "SELECT count(*) FROM people"));
        Assert.Null(await theirs.MakeFirstLinkAsync(None));
    }

    [Fact]
    public async Task Forgets_a_first_link_after_seven_days()
    {
        await using var fresh = await PostOffice.OpenAsync(Provider);
        using var accounts = new AccountBook(fresh.Database, Master, fresh.Clock, NullLogger<UserManager<Account>>.Instance);
        var theirLinks = new Links(fresh.Database, fresh.Clock);
        var theirAudit = new AuditTrail(fresh.Database, Master, fresh.Clock);
        var secret =
            (await new People(
                fresh.Database, accounts, theirLinks, new(fresh.Database, theirAudit, fresh.Clock), theirAudit,
                fresh.Clock).MakeFirstLinkAsync(None))!;
        Assert.NotNull(await theirLinks.FindAsync(LinkKind.First, secret, None));
        Assert.Null(await theirLinks.FindAsync(LinkKind.Reset, secret, None));

        fresh.Clock.Advance(TimeSpan.FromDays(7));

        Assert.Null(await theirLinks.FindAsync(LinkKind.First, secret, None));
    }

    [Fact]
    public async Task Tells_the_audit_of_each_attempt()
    {
        Office.Clock.Advance(TimeSpan.FromSeconds(1));
        await signIn.TryPasswordAsync(Email, "guess", Desk, None);
        Office.Clock.Advance(TimeSpan.FromSeconds(1));
        var secret = await EnterAsync();
        var found = (await sessions.FindAsync(secret, None))!;
        Office.Clock.Advance(TimeSpan.FromSeconds(1));
        await signIn.SignOutAsync(found.Session, found.Person.ActorAt(Desk.Address), None);

        Assert.Null(await sessions.FindAsync(secret, None));
        Assert.Equal([Acts.SignOut, Acts.SignIn, Acts.SignIn, Acts.FirstOwner], await ActsAsync());
        Assert.Equal(
            [true, true, false, true], (await audit.ListAsync(TenantId.Everybody, new(), 100, None)).Select(entry => entry.IsDone));
    }

    [Fact]
    public async Task Keeps_the_operators_address_that_was_given_first_until_it_is_set()
    {
        var address = new OperatorAddress(Database, Office.Clock);
        Assert.Null(await address.FindAsync(None));
        await address.FillAsync("first@example.org", None);
        await address.FillAsync("second@example.org", None);
        Assert.Equal("first@example.org", await address.FindAsync(None));

        await address.SetAsync("third@example.org", None);

        Assert.Equal("third@example.org", await address.FindAsync(None));
    }

    async Task<string> EnterAsync() =>
        Assert.IsType<SignInOutcome.Entered>(await signIn.TryPasswordAsync(Email, Password, Desk, None)).Secret;

    async Task<List<string>> ActsAsync() => [.. (await audit.ListAsync(TenantId.Everybody, new(), 100, None)).Select(entry => entry.Act)];
}
