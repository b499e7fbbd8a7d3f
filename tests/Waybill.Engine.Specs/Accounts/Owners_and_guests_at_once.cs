using Waybill.Engine.Accounts;
using Waybill.Engine.SigningIn;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Tenancy;
using Xunit;

namespace Waybill.Engine.Specs.Accounts;

public sealed class Owners_and_guests_at_once_on_Sqlite() : Owners_and_guests_at_once(Provider.Sqlite);

public sealed class Owners_and_guests_at_once_on_Postgres() : Owners_and_guests_at_once(Provider.Postgres);

public abstract class Owners_and_guests_at_once(Provider provider) : HouseholdContract(provider)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leave_one_owner_of_two_who_send_each_other_away_from_two_nodes(bool isRemoval)
    {
        var ann = await House.SeedAsync();
        var bob = await House.JoinAsync(ann, "bob@example.org", Role.Owner);

        var changes = await Task.WhenAll(Task.Run(() => SendAwayAsync(House, ann, bob)), Task.Run(() => SendAwayAsync(Beside, bob, ann)));

        Assert.Single(changes.OfType<AccountChange.Done>());
        Assert.Equal("role.last-owner", Assert.Single(Assert.Single(changes.OfType<AccountChange.Refused>()).Faults).Code);
        Assert.Single(await House.Members.ListAsync(TenantId.Everybody, None), member => member.Role == Role.Owner);

        Task<AccountChange> SendAwayAsync(Household house, Person by, Person whom) => isRemoval
            ? house.Members.RemoveAsync(by.ActorAt(""), TenantId.Everybody, whom.Id, None)
            : house.Members.ChangeRoleAsync(by.ActorAt(""), TenantId.Everybody, whom.Id, Role.Viewer, None);
    }

    [Fact]
    public async Task Leave_one_invitation_of_two_to_one_address()
    {
        var ann = await House.SeedAsync();

        var secrets = await Task.WhenAll(
            Enumerable.Range(0, 6)
                .Select(
                    n => Task.Run(
                        () => (n % 2 == 0 ? House : Beside).InviteForSecretAsync(ann, n < 3 ? "bob@example.org" : "BOB@Example.org"))));

        Assert.Single(await House.Invitations.ListAsync(TenantId.Everybody, None));
        var links = new List<AccountLink?>();
        foreach (var secret in secrets) links.Add(await House.Links.FindAsync(LinkKind.Invite, secret, None));
        Assert.Single(links, link => link is not null);
    }

    [Fact]
    public async Task Make_one_account_of_two_invitations_that_one_address_accepts()
    {
        var ann = await House.SeedAsync();
        var elsewhere = await Office.TenantAsync("elsewhere");
        AccountLink[] links = [await House.InviteAsync(ann, "bob@example.org"),
            await House.InviteAsync(ann, "bob@example.org", Role.Viewer, elsewhere)];

        var changes = await Task.WhenAll(links.Select((link, n) => Task.Run(() =>
            (n == 0 ? House : Beside).Invitations.AcceptAsync(
                link, new NewPerson("bob@example.org", "Bob", "en", Household.Password), "", None))));

        var made = Assert.Single(changes.OfType<AccountChange.Done>()).Person;
        Assert.Equal("email.taken", Assert.Single(Assert.Single(changes.OfType<AccountChange.Refused>()).Faults).Code);
        var left = Assert.Single(links, link => changes[Array.IndexOf(links, link)] is AccountChange.Refused);
        Assert.IsType<AccountChange.Done>(await House.Invitations.AcceptAsync(left, made, "", None));
        Assert.True((await House.Check.VerifyAsync(None)).Holds);
    }

    [Fact]
    public async Task Make_members_of_tenants_and_none_of_the_whole_instance()
    {
        var ann = await House.SeedAsync();
        var (bob, tenant) = (await House.JoinAsync(ann, "bob@example.org", Role.Viewer), TenantId.New(TimeProvider.System));

        var changed = await House.Members.ChangeRoleAsync(ann.ActorAt(""), TenantId.Everybody, bob.Id, Role.Member, None);
        var invited =
            await House.Invitations.InviteAsync(
                ann.ActorAt(""), ann, new(TenantId.Everybody, "Waybill", "cem@example.org", "", Role.Member), url => url, None);
        var cem = await House.JoinAsync(ann, "cem@example.org", Role.Member, tenant);

        foreach (var refused in (AccountChange[])[changed, invited])
            Assert.Equal(AccountFault.RoleWrong, Assert.Single(Assert.IsType<AccountChange.Refused>(refused).Faults).Code);
        Assert.Equal(
            (cem.Id, Role.Member),
            Assert.Single((await House.Members.ListAsync(tenant, None)).Select(member => (member.Person.Id, member.Role))));
    }

    [Fact]
    public async Task End_the_sessions_of_who_is_removed_at_once()
    {
        var ann = await House.SeedAsync();
        var bob = await House.JoinAsync(ann, "bob@example.org", Role.Viewer);
        var session = await House.EnterAsync(bob.Email);
        Assert.NotNull(await Beside.Sessions.FindAsync(session, None));

        Assert.IsType<AccountChange.Done>(await House.Members.RemoveAsync(ann.ActorAt(""), TenantId.Everybody, bob.Id, None));

        Assert.Null(await Beside.Sessions.FindAsync(session, None));
        Assert.IsType<SignInOutcome.Wrong>(await House.SignIn.TryPasswordAsync(bob.Email, Household.Password, Household.Desk, None));
    }

    [Fact]
    public async Task End_the_other_sessions_of_who_changes_the_password()
    {
        var ann = await House.SeedAsync();
        var (kept, other) = (await House.EnterAsync(ann.Email), await House.EnterAsync(ann.Email));
        var session = (await House.Sessions.FindAsync(kept, None))!.Session;

        Assert.IsType<AccountChange.Done>(await House.Own.ChangePasswordAsync(
            ann.ActorAt(""), session, Household.Password, "a river under ice", "https://mail.example.org/admin/reset", None));

        Assert.NotNull(await Beside.Sessions.FindAsync(kept, None));
        Assert.Null(await Beside.Sessions.FindAsync(other, None));
    }
}
