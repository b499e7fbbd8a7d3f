using Microsoft.AspNetCore.Identity;
using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.Secrets;
using Waybill.Engine.SigningIn;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Tenancy;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Accounts;

public sealed class Changing_ones_account_on_Sqlite() : Changing_ones_account(Provider.Sqlite);

public sealed class Changing_ones_account_on_Postgres() : Changing_ones_account(Provider.Postgres);

public abstract class Changing_ones_account(Provider provider) : HouseholdContract(provider)
{
    const string Fresh = "a river under ice";
    const string ResetUrl = "https://mail.example.org/admin/reset";

    readonly string key = OwnAccount.NewAuthenticatorKey();

    Person ann = null!;
    SessionId session;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        ann = await House.SeedAsync();
        session = (await House.Sessions.FindAsync(await House.EnterAsync(ann.Email), None))!.Session;
    }

    [Fact]
    public async Task Sets_the_new_password_ends_all_other_sessions_and_says_so_by_mail()
    {
        var other = await House.EnterAsync(ann.Email);

        Assert.IsType<AccountChange.Done>(await House.Own.ChangePasswordAsync(Me, session, Household.Password, Fresh, ResetUrl, None));

        Assert.Null(await House.Sessions.FindAsync(other, None));
        Assert.Equal(session, Assert.Single(await House.Sessions.ListAsync(ann.Id, None)).Id);
        await House.EnterAsync(ann.Email, Fresh);
        Assert.IsType<SignInOutcome.Wrong>(await House.SignIn.TryPasswordAsync(ann.Email, Household.Password, Household.Desk, None));
        Assert.Equal(1, await MailsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Says_so_by_mail_though_whoever_did_it_hangs_up_at_once(bool isReset)
    {
        var door = new TroubledDatabase(Database);
        await using var house = Household.Behind(Office, door);
        using var connection = new CancellationTokenSource();
        door.AfterWrite = name =>
        {
            if (name == "write account") connection.Cancel();
        };
        var link = await House.ResetLinkAsync(ann);

        await Record.ExceptionAsync(() => isReset
            ? house.Resets.ResetAsync(link, Fresh, "", ResetUrl, connection.Token)
            : house.Own.ChangePasswordAsync(Me, session, Household.Password, Fresh, ResetUrl, connection.Token));

        await House.EnterAsync(ann.Email, Fresh);
        Assert.Equal(1, await MailsAsync());
    }

    [Fact]
    public async Task Changes_nothing_and_says_nothing_where_the_present_password_is_another()
    {
        Assert.Equal("present.wrong", Fault(await House.Own.ChangePasswordAsync(Me, session, "guess", Fresh, ResetUrl, None)));

        Assert.Equal(0, await MailsAsync());
        await House.EnterAsync(ann.Email);
        Assert.False(Assert.Single(await House.Audit.ListAsync(TenantId.Everybody, new(Act: Acts.Present), 10, None)).IsDone);
    }

    [Fact]
    public async Task Counts_no_failure_of_who_gave_the_right_password_and_chose_a_bad_one()
    {
        for (var n = 0; n < 12; n++)
            Assert.Equal(
                "password.same",
                Fault(await House.Own.ChangePasswordAsync(Me, session, Household.Password, Household.Password, ResetUrl, None)));

        Assert.IsType<AccountChange.Done>(await House.Own.ChangePasswordAsync(Me, session, Household.Password, Fresh, ResetUrl, None));
    }

    [Fact]
    public async Task Asks_for_no_code_any_more_once_the_second_factor_is_off()
    {
        await House.TurnTotpOnAsync(ann, session, key);
        Assert.IsType<SignInOutcome.NeedsCode>(await House.SignIn.TryPasswordAsync(ann.Email, Household.Password, Household.Desk, None));

        Assert.IsType<AccountChange.Done>(await House.Own.TurnTotpOffAsync(Me, Household.Password, None));

        await House.EnterAsync(ann.Email);
        Assert.Equal(0, await House.Own.CountCodesAsync(ann.Id, None));
    }

    [Fact]
    public async Task Takes_no_code_and_says_why_in_the_log_where_the_master_key_is_another()
    {
        await House.TurnTotpOnAsync(ann, session, key);
        Office.Clock.Advance(TimeSpan.FromSeconds(30));
        var log = new KeptLog<UserManager<Account>>();
        using var book = new AccountBook(
            Database, DataKeys.FromMaster(MasterKey.Parse(Convert.ToBase64String(new byte[32]))), Office.Clock, log);
        var signIn = new SignIn(Database, book, House.Sessions, Household.Mails(Office), House.Audit, Office.Clock);

        var half =
            Assert.IsType<SignInOutcome.NeedsCode>(
                await signIn.TryPasswordAsync(ann.Email, Household.Password, Household.Desk, None)).Secret;

        Assert.IsType<SignInOutcome.Wrong>(
            await signIn.TryCodeAsync(
                half, Authenticator.CodeOf(key, Office.Clock.GetUtcNow()), Household.Desk, "https://mail.example.org/admin/reset", None));
        Assert.Contains(log.Lines, line => line.Line.Contains("master key file is another", StringComparison.Ordinal));
        Assert.IsType<SignInOutcome.Entered>(
            await House.SignIn.TryCodeAsync(
                half, Authenticator.CodeOf(key, Office.Clock.GetUtcNow()), Household.Desk, "https://mail.example.org/admin/reset", None));
    }

    [Fact]
    public async Task Gives_another_role_that_counts_at_once()
    {
        var bob = await House.JoinAsync(ann, "bob@example.org", Role.Viewer);
        var cookie = await House.EnterAsync(bob.Email);

        Assert.IsType<AccountChange.Done>(await House.Members.ChangeRoleAsync(Me, TenantId.Everybody, bob.Id, Role.Operator, None));

        Assert.Equal(Role.Operator, (await Beside.Sessions.FindAsync(cookie, None))!.InstanceRole);
        Assert.Single(await House.ActsAsync(), Acts.ChangeRole);
    }

    [Fact]
    public async Task Makes_no_member_of_who_was_removed_meanwhile()
    {
        var bob = await House.JoinAsync(ann, "bob@example.org", Role.Viewer);
        var elsewhere = await House.InviteAsync(ann, bob.Email, Role.Owner, Office.Tenant);
        await House.Members.RemoveAsync(Me, TenantId.Everybody, bob.Id, None);

        Assert.Equal(AccountFault.LinkGone, Fault(await House.Invitations.AcceptAsync(elsewhere, bob, "", None)));

        Assert.Empty(await House.Members.ListAsync(Office.Tenant, None));
        await House.InviteAsync(ann, bob.Email, Role.Owner, Office.Tenant); // they may still be invited anew
    }

    Actor Me => ann.ActorAt("192.0.2.1");

    static string Fault(AccountChange change) => Assert.Single(Assert.IsType<AccountChange.Refused>(change).Faults).Code;

    Task<long> MailsAsync() => Office.NumberAsync("SELECT count(*) FROM messages WHERE subject LIKE '%password was changed%'");
}
