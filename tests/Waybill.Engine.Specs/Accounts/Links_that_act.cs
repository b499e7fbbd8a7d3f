using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.SigningIn;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Accounts;

public sealed class Links_that_act_on_Sqlite() : Links_that_act(Provider.Sqlite);

public sealed class Links_that_act_on_Postgres() : Links_that_act(Provider.Postgres);

public abstract class Links_that_act(Provider provider) : HouseholdContract(provider)
{
    const string Email = "bob@example.org";

    public static TheoryData<LinkKind> Kinds => [.. Enum.GetValues<LinkKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Work_once(LinkKind kind)
    {
        var secret = await MakeAsync(kind);
        var link = (await FindAsync(kind, secret))!;

        Assert.IsType<AccountChange.Done>(await UseAsync(House, link));

        Assert.Null(await FindAsync(kind, secret));
        ShouldBeGone(await UseAsync(House, link, "carol@example.org"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Work_for_one_of_two_who_use_them_at_once_on_two_nodes(LinkKind kind)
    {
        var link = (await FindAsync(kind, await MakeAsync(kind)))!;

        var changes =
            await Task.WhenAll(Task.Run(() => UseAsync(House, link)), Task.Run(() => UseAsync(Beside, link, "carol@example.org")));

        Assert.Single(changes.OfType<AccountChange.Done>());
        Assert.Single(changes.OfType<AccountChange.Refused>());
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Work_no_longer_than_they_say(LinkKind kind)
    {
        var secret = await MakeAsync(kind);
        Office.Clock.Advance(Links.Lifetime(kind) - TimeSpan.FromMicroseconds(1));
        var link = (await FindAsync(kind, secret))!;
        Office.Clock.Advance(TimeSpan.FromMicroseconds(1));

        Assert.Null(await FindAsync(kind, secret));
        ShouldBeGone(await UseAsync(House, link));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Are_found_by_their_whole_secret_as_what_they_are_and_by_nothing_else(LinkKind kind)
    {
        var secret = await MakeAsync(kind);
        var flipped = (secret[0] == 'A' ? 'B' : 'A') + secret[1..];

        foreach (var forged in (string[])["", flipped, secret[..^1], secret + "A", secret.ToUpperInvariant(), new('A', 43), "' OR 1=1 --"])
            Assert.Null(await FindAsync(kind, forged));
        foreach (var other in Enum.GetValues<LinkKind>().Where(other => other != kind)) Assert.Null(await FindAsync(other, secret));
        Assert.NotNull(await FindAsync(kind, secret));
    }

    [Fact]
    public async Task Make_no_first_owner_where_somebody_owns_it_already()
    {
        var link = (await FindAsync(LinkKind.First, await MakeAsync(LinkKind.First)))!;
        await House.SeedAsync();

        ShouldBeGone(await UseAsync(House, link));
        Assert.Null(await House.People.MakeFirstLinkAsync(None));
    }

    [Fact]
    public async Task Are_kept_as_hashes()
    {
        var secret = await MakeAsync(LinkKind.Reset);

        var kept =
            await Database.ReadAsync(session => session.QueryAsync("SELECT hash FROM links", _ => { }, row => row.Bytes(0), None), None);

        Assert.All(kept, hash => Assert.Equal(32, hash.Length));
        Assert.DoesNotContain(kept, hash => System.Text.Encoding.ASCII.GetString(hash).Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Are_made_for_the_command_line_and_the_audit_tells_of_it()
    {
        await House.SeedAsync(Email);

        Office.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await House.Resets.MakeLinkAsync("nobody@example.org", None));
        var made = (await House.Resets.MakeLinkAsync(" BOB@example.org ", None))!;

        Assert.Equal((Email, Office.Clock.GetUtcNow() + Links.Lifetime(LinkKind.Reset)), (made.Person.Email, made.ExpiresAt));
        Assert.Equal(Acts.MakeResetLink, (await House.ActsAsync())[0]);
        Assert.Equal("command line", (await House.Audit.ListAsync(Engine.Tenancy.TenantId.Everybody, new(), 1, None))[0].Who.Name);
    }

    [Fact]
    public async Task End_all_sessions_and_all_links_beside_them_when_they_set_a_password()
    {
        await House.SeedAsync(Email);
        var session = await House.EnterAsync(Email);
        var (used, beside) = (await House.ResetAsync(Email), await House.ResetAsync(Email));

        Assert.IsType<AccountChange.Done>(await UseAsync(House, (await FindAsync(LinkKind.Reset, used))!));

        Assert.Null(await House.Sessions.FindAsync(session, None));
        Assert.Null(await FindAsync(LinkKind.Reset, beside));
        Assert.IsType<SignInOutcome.Wrong>(await House.SignIn.TryPasswordAsync(Email, Household.Password, Household.Desk, None));
        await House.EnterAsync(Email, "a river under ice");
    }

    async Task<string> MakeAsync(LinkKind kind)
    {
        if (kind == LinkKind.First) return (await House.People.MakeFirstLinkAsync(None))!;
        var owner = await House.SeedAsync();
        if (kind == LinkKind.Invite) return await House.InviteForSecretAsync(owner, Email);
        return await House.ResetAsync(owner.Email);
    }

    Task<AccountLink?> FindAsync(LinkKind kind, string secret) => House.Links.FindAsync(kind, secret, None);

    static Task<AccountChange> UseAsync(Household house, AccountLink link, string email = Email)
    {
        var person = new NewPerson(email, "Bob", "en", "a river under ice");
        return link.Kind switch
        {
            LinkKind.First => house.People.MakeFirstOwnerAsync(link, person, "", None),
            LinkKind.Invite => house.Invitations.AcceptAsync(link, person, "", None),
            _ => house.Resets.ResetAsync(link, person.Password, "", "https://mail.example.org/admin/reset", None),
        };
    }

    static void ShouldBeGone(AccountChange change) =>
        Assert.Contains(
            Assert.IsType<AccountChange.Refused>(change).Faults,
            fault => fault.Code is AccountFault.LinkGone or "email.taken" or AccountFault.Outdated);
}
