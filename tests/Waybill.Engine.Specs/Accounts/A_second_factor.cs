using Waybill.Engine.Accounts;
using Waybill.Engine.SigningIn;
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
        var on = await House.Own.TurnTotpOnAsync(ann.ActorAt(""), session, key, Code(), Household.Password, None);
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

        var outcomes =
            await Task.WhenAll(
                halves.Select(
                    (
                        half,
                        n) => Task.Run(
                            () => (n == 0 ? House : Beside).SignIn.TryCodeAsync(
                                half, Code(), Household.Desk, "https://mail.example.org/admin/reset", None))));

        Assert.Single(outcomes.OfType<SignInOutcome.Entered>());
        Assert.Single(outcomes.OfType<SignInOutcome.Wrong>());
    }

    [Fact]
    public async Task Lets_one_in_of_two_who_give_the_same_recovery_code_at_once()
    {
        string[] halves = [await HalfAsync(), await HalfAsync()];

        var outcomes =
            await Task.WhenAll(
                halves.Select(
                    (
                        half,
                        n) => Task.Run(
                            () => (n == 0 ? House : Beside).SignIn.TryCodeAsync(
                                half, codes[0], Household.Desk, "https://mail.example.org/admin/reset", None))));

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
    public async Task Ends_the_sign_in_after_five_wrong_codes()
    {
        Office.Clock.Advance(Step);
        var half = await HalfAsync();
        for (var n = 0; n < 4; n++) Assert.IsType<SignInOutcome.Wrong>(await GiveAsync(half, "000000"));

        Assert.IsType<SignInOutcome.Expired>(await GiveAsync(half, "000000"));
        Assert.IsType<SignInOutcome.Expired>(await GiveAsync(half, Code()));
        Assert.IsType<SignInOutcome.Entered>(await GiveAsync(await HalfAsync(), Code()));
    }

    [Fact]
    public async Task Ends_it_after_five_at_once_too()
    {
        Office.Clock.Advance(Step);
        var half = await HalfAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => GiveAsync(half, $"{n:D6}", n))));

        Assert.Equal(4, outcomes.OfType<SignInOutcome.Wrong>().Count());
        Assert.Equal(16, outcomes.OfType<SignInOutcome.Expired>().Count());
    }

    /// <summary>Each guess from another net, each half session by the right password.</summary>
    [Fact]
    public async Task Is_guessed_at_ten_times_an_hour_from_all_nets_together()
    {
        var judged = await GuessAsync(300);
        Office.Clock.Advance(Step);
        Assert.Equal(10, judged);
        Assert.IsType<SignInOutcome.CodesThrottled>(await GiveAsync(await HalfAsync(), Code()));

        Office.Clock.Advance(TimeSpan.FromHours(1));
        Assert.IsType<SignInOutcome.Entered>(await GiveAsync(await HalfAsync(), Code()));
    }

    [Fact]
    public async Task Lets_the_person_in_on_a_device_that_they_used_before_whoever_guesses()
    {
        Office.Clock.Advance(Step);
        var entered = Assert.IsType<SignInOutcome.Entered>(await GiveAsync(await HalfAsync(), Code()));
        await GuessAsync(30);
        Office.Clock.Advance(Step);
        var desk = Household.Desk with { KnownBy = entered.KnownBy };

        Assert.IsType<SignInOutcome.CodesThrottled>(await GiveAsync(await HalfAsync(), Code()));
        Assert.IsType<SignInOutcome.Entered>(await House.SignIn.TryCodeAsync(await HalfAsync(), Code(), desk, Url, None));
    }

    [Fact]
    public async Task Counts_no_right_code_and_forgives_none_that_others_guessed()
    {
        await GuessAsync(8);
        for (var n = 0; n < 12; n++)
        {
            Office.Clock.Advance(Step);
            Assert.IsType<SignInOutcome.Entered>(await GiveAsync(await HalfAsync(), Code()));
        }

        Assert.Equal(2, await GuessAsync(30));
    }

    [Fact]
    public async Task Has_its_person_told_by_mail_once_of_ten_wrong_codes()
    {
        await GuessAsync(9);
        Assert.Equal(0, await MailsAsync());

        await GuessAsync(30);

        Assert.Equal(1, await MailsAsync());
        Assert.Equal(1, await Office.NumberAsync("SELECT count(*) FROM audit WHERE act = 'session.throttled'"));
        Assert.Equal(10, await Office.NumberAsync("SELECT count(*) FROM audit WHERE act = 'session.code'"));
    }

    [Fact]
    public async Task Keeps_nobody_out_for_longer_because_the_clock_was_put_back()
    {
        await GuessAsync(30);
        Office.Clock.Advance(TimeSpan.FromHours(-2));
        Assert.IsType<SignInOutcome.CodesThrottled>(await GiveAsync(await HalfAsync(), "000000"));

        Office.Clock.Advance(TimeSpan.FromHours(1));

        Assert.IsNotType<SignInOutcome.CodesThrottled>(await GiveAsync(await HalfAsync(), "000000"));
    }

    const string Url = "https://mail.example.org/admin/reset";

    /// <summary>Guesses by somebody who knows the password, and says how many were looked at.</summary>
    async Task<int> GuessAsync(int guesses)
    {
        var (half, judged) = ("", 0);
        for (var n = 0; n < guesses; n++)
        {
            var net = new Machine($"2001:db8:{n:x}::1", "guess");
            if (half.Length == 0)
                half =
                    Assert.IsType<SignInOutcome.NeedsCode>(
                        await House.SignIn.TryPasswordAsync(ann.Email, Household.Password, net, None)).Secret;
            var outcome = await House.SignIn.TryCodeAsync(half, "000000", net, Url, None);
            if (outcome is SignInOutcome.Wrong or SignInOutcome.Expired) judged++;
            if (outcome is not SignInOutcome.Wrong) half = "";
        }

        return judged;
    }

    Task<long> MailsAsync() =>
        Office.NumberAsync(
            "SELECT count(*) FROM messages WHERE subject = 'Ten wrong codes for your account' AND stream = 'waybill.accounts'");

    string Code() => Authenticator.CodeOf(key, Office.Clock.GetUtcNow());

    async Task<string> HalfAsync() =>
        Assert.IsType<SignInOutcome.NeedsCode>(
            await House.SignIn.TryPasswordAsync(ann.Email, Household.Password, Household.Desk, None)).Secret;

    Task<SignInOutcome> GiveAsync(string half, string code, int node = 0) =>
        (node % 2 == 0 ? House : Beside).SignIn.TryCodeAsync(half, code, Household.Desk, Url, None);
}
