using Waybill.Engine.Accounts;
using Waybill.Engine.SigningIn;
using Waybill.Engine.Specs.Databases;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Accounts;

public sealed class A_sign_in_under_way_on_Sqlite() : A_sign_in_under_way(Provider.Sqlite);

public sealed class A_sign_in_under_way_on_Postgres() : A_sign_in_under_way(Provider.Postgres);

/// <summary>Hashing a password takes a tenth of a second, in which its owner may have changed what it was verified against.</summary>
public abstract class A_sign_in_under_way(Provider provider) : HouseholdContract(provider)
{
    static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    readonly string key = OwnAccount.NewAuthenticatorKey();

    TroubledDatabase door = null!;
    Household slow = null!;
    Person ann = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        slow = Household.Behind(Office, door = new(Database));
        ann = await House.SeedAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (slow is not null) await slow.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Is_over_once_the_password_is_another()
    {
        Meanwhile(() => House.ResetAsync(ann, "a river under ice"));

        Assert.IsType<SignInOutcome.Wrong>(await slow.SignIn.TryPasswordAsync(ann.Email, Household.Password, Household.Desk, None));

        Assert.Empty(await House.Sessions.ListAsync(ann.Id, None));
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM audit WHERE act = 'session.begin' AND outcome = 'refused'"));
    }

    [Fact]
    public async Task Does_not_pass_a_second_factor_that_was_turned_on()
    {
        var session = await SessionAsync();
        Meanwhile(() => House.TurnTotpOnAsync(ann, session, key));

        Assert.IsType<SignInOutcome.Wrong>(await slow.SignIn.TryPasswordAsync(ann.Email, Household.Password, Household.Desk, None));

        Assert.Equal(session, Assert.Single(await House.Sessions.ListAsync(ann.Id, None)).Id);
    }

    [Fact]
    public async Task Is_not_let_in_as_somebody_who_was_removed()
    {
        var bob = await House.JoinAsync(ann, "bob@example.org", Role.Viewer);
        Meanwhile(() => House.Members.RemoveAsync(ann.ActorAt(""), Tenancy.TenantId.Everybody, bob.Id, None));

        Assert.IsType<SignInOutcome.Wrong>(await slow.SignIn.TryPasswordAsync(bob.Email, Household.Password, Household.Desk, None));
    }

    [Fact]
    public async Task Is_over_once_the_password_is_another_though_its_code_is_right()
    {
        await House.TurnTotpOnAsync(ann, await SessionAsync(), key);
        Office.Clock.Advance(Step);
        var half = await HalfAsync();
        Meanwhile(() => House.ResetAsync(ann, "a river under ice"), reads: 2);

        var outcome =
            await slow.SignIn.TryCodeAsync(
                half, Authenticator.CodeOf(key, Office.Clock.GetUtcNow()), Household.Desk, "https://mail.example.org/admin/reset", None);

        Assert.IsType<SignInOutcome.Expired>(outcome);
        Assert.Empty(await House.Sessions.ListAsync(ann.Id, None));
    }

    [Fact]
    public async Task Leaves_its_code_used_whatever_form_was_opened_before()
    {
        await House.TurnTotpOnAsync(ann, await SessionAsync(), key);
        Office.Clock.Advance(Step);
        var (code, half) = (Authenticator.CodeOf(key, Office.Clock.GetUtcNow()), await HalfAsync());
        Meanwhile(
            async () => Assert.IsType<SignInOutcome.Entered>(
                await House.SignIn.TryCodeAsync(half, code, Household.Desk, "https://mail.example.org/admin/reset", None)));

        var saved = await slow.Own.ChangeProfileAsync(ann.ActorAt(""), "Ann Lee", "en", None);

        Assert.Equal(AccountFault.Outdated, Assert.Single(Assert.IsType<AccountChange.Refused>(saved).Faults).Code);
        Assert.IsType<SignInOutcome.Wrong>(
            await House.SignIn.TryCodeAsync(await HalfAsync(), code, Household.Desk, "https://mail.example.org/admin/reset", None));
    }

    async Task<string> HalfAsync() =>
        Assert.IsType<SignInOutcome.NeedsCode>(
            await House.SignIn.TryPasswordAsync(ann.Email, Household.Password, Household.Desk, None)).Secret;

    async Task<SessionId> SessionAsync() => (await House.Sessions.FindAsync(await House.EnterAsync(ann.Email), None))!.Session;

    /// <summary>Does something once, after so many reads of the node whose door is held.</summary>
    void Meanwhile(Func<Task> what, int reads = 1) => door.AfterRead = async () =>
    {
        if (--reads == 0) await what();
    };
}
