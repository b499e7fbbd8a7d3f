using Waybill.Engine.Accounts;
using Waybill.Engine.Specs.Databases;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Accounts;

public sealed class A_second_factor_on_Sqlite() : A_second_factor(Provider.Sqlite);

public sealed class A_second_factor_on_Postgres() : A_second_factor(Provider.Postgres);

public abstract class A_second_factor(Provider provider) : HouseholdContract(provider)
{
    static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    Person ann = null!;
    string key = null!;
    IReadOnlyList<string> codes = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        ann = await House.SeedAsync();
        var session = (await House.Sessions.FindAsync(await House.EnterAsync(ann.Email), None))!.Session;
        key = OwnAccount.NewAuthenticatorKey();
        var on = await House.Own.TurnTotpOnAsync(Actor.Of(ann, ""), session, key, Code(), Household.Password, None);
        codes = Assert.IsType<AccountChange.DoneWithCodes>(on).Codes;
    }

    [Fact]
    public async Task Lets_in_by_the_code_of_the_moment()
    {
        Office.Clock.Advance(Step);

        var entered = Assert.IsType<SignInOutcome.Entered>(await GiveAsync(await HalfAsync(), Code()));

        Assert.Equal(ann.Id, (await House.Sessions.FindAsync(entered.Secret, None))!.Person.Id);
    }

    [Fact]
    public async Task Takes_no_code_twice_nor_the_one_that_it_was_set_up_by()
    {
        Assert.IsType<SignInOutcome.Wrong>(await GiveAsync(await HalfAsync(), Code()));
        Office.Clock.Advance(Step);
        var code = Code();
        Assert.IsType<SignInOutcome.Entered>(await GiveAsync(await HalfAsync(), code));

        Assert.IsType<SignInOutcome.Wrong>(await GiveAsync(await HalfAsync(), code));
        Office.Clock.Advance(Step);
        Assert.IsType<SignInOutcome.Wrong>(await GiveAsync(await HalfAsync(), code)); // a step later it would still be in time
        Assert.IsType<SignInOutcome.Entered>(await GiveAsync(await HalfAsync(), Code()));
    }

    [Fact]
    public async Task Lets_one_in_of_two_who_give_the_same_code_at_once()
    {
        Office.Clock.Advance(Step);
        string[] halves = [await HalfAsync(), await HalfAsync()];

        var outcomes = await Task.WhenAll(halves.Select((half, n) => Task.Run(() => (n == 0 ? House : Beside).SignIn.TryCodeAsync(half, Code(), Household.Desk, None))));

        Assert.Single(outcomes.OfType<SignInOutcome.Entered>());
        Assert.Single(outcomes.OfType<SignInOutcome.Wrong>());
    }

    [Fact]
    public async Task Lets_one_in_of_two_who_give_the_same_recovery_code_at_once()
    {
        string[] halves = [await HalfAsync(), await HalfAsync()];

        var outcomes = await Task.WhenAll(halves.Select((half, n) => Task.Run(() => (n == 0 ? House : Beside).SignIn.TryCodeAsync(half, codes[0], Household.Desk, None))));

        Assert.Single(outcomes.OfType<SignInOutcome.Entered>());
        Assert.Equal(9, await House.Own.CountCodesAsync(ann.Id, None));
    }

    [Fact]
    public async Task Is_asked_for_within_ten_minutes_of_the_password()
    {
        var half = await HalfAsync();
        Office.Clock.Advance(Sessions.CodeLifetime);

        Assert.IsType<SignInOutcome.Expired>(await GiveAsync(half, Code()));
    }

    [Fact]
    public async Task Lets_nobody_guess_at_it_and_the_person_in_from_elsewhere()
    {
        var half = await HalfAsync();
        for (var n = 0; n < 10; n++) Assert.IsType<SignInOutcome.Wrong>(await GiveAsync(half, "000000"));
        Office.Clock.Advance(Step);

        Assert.IsType<SignInOutcome.Throttled>(await GiveAsync(half, Code()));
        Assert.IsType<SignInOutcome.Entered>(await House.SignIn.TryCodeAsync(await HalfAsync(), Code(), Household.Elsewhere, None));
    }

    string Code() => Authenticator.CodeOf(key, Office.Clock.GetUtcNow());

    async Task<string> HalfAsync() =>
        Assert.IsType<SignInOutcome.NeedsCode>(await House.SignIn.TryPasswordAsync(ann.Email, Household.Password, Household.Desk, None)).Secret;

    Task<SignInOutcome> GiveAsync(string half, string code) => House.SignIn.TryCodeAsync(half, code, Household.Desk, None);
}
