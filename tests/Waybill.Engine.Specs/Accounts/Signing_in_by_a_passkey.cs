using Waybill.Engine.Accounts;
using Waybill.Engine.Audit;
using Waybill.Engine.SigningIn;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Tenancy;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Accounts;

public sealed class Signing_in_by_a_passkey_on_Sqlite() : Signing_in_by_a_passkey(Provider.Sqlite);

public sealed class Signing_in_by_a_passkey_on_Postgres() : Signing_in_by_a_passkey(Provider.Postgres);

public abstract class Signing_in_by_a_passkey(Provider provider) : HouseholdContract(provider)
{
    readonly PasskeyHolder phone = new();
    Person ann = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        ann = await House.SeedAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        phone.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Lets_in_whose_it_is_and_the_audit_tells_of_it()
    {
        Office.Clock.Advance(TimeSpan.FromSeconds(1));
        await AddAsync(phone);
        Office.Clock.Advance(TimeSpan.FromSeconds(1));

        var entered = Assert.IsType<SignInOutcome.Entered>(await GiveAsync(phone));

        Assert.Equal(ann.Id, (await Beside.Sessions.FindAsync(entered.Secret, None))!.Person.Id);
        Assert.Equal([Acts.PasskeyUsed, Acts.AddPasskey, Acts.FirstOwner], await House.ActsAsync());
        var listed = Assert.Single(await House.Passkeys.ListAsync(ann.Id, None));
        Assert.Equal(("Ann's phone", (DateTimeOffset?)Office.Clock.GetUtcNow()), (listed.Name, listed.UsedAt));
        Assert.True((await House.Check.VerifyAsync(None)).Holds);
    }

    [Fact]
    public async Task Asks_for_no_code_of_the_second_factor()
    {
        var session = (await House.Sessions.FindAsync(await House.EnterAsync(ann.Email), None))!.Session;
        var key = OwnAccount.NewAuthenticatorKey();
        await House.Own.TurnTotpOnAsync(Me, session, key, Authenticator.CodeOf(key, Office.Clock.GetUtcNow()), Household.Password, None);
        await AddAsync(phone);

        Assert.IsType<SignInOutcome.Entered>(await GiveAsync(phone));
    }

    [Fact]
    public async Task Takes_an_answer_once_and_within_five_minutes()
    {
        await AddAsync(phone);
        var asked = await House.Passkeys.AskAsync(None);
        var answer = phone.Give(asked.Options);
        Assert.IsType<SignInOutcome.Entered>(await SignInAsync(asked.Secret, answer));
        Assert.IsType<SignInOutcome.Expired>(await SignInAsync(asked.Secret, answer));

        var late = await House.Passkeys.AskAsync(None);
        Office.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.IsType<SignInOutcome.Expired>(await SignInAsync(late.Secret, phone.Give(late.Options)));
    }

    [Fact]
    public async Task Takes_an_answer_once_of_two_that_come_at_once()
    {
        await AddAsync(phone);
        var asked = await House.Passkeys.AskAsync(None);
        var answer = phone.Give(asked.Options);

        var outcomes = await Task.WhenAll(
            Task.Run(() => House.Passkeys.SignInAsync(asked.Secret, answer, Household.Desk, None)),
            Task.Run(() => Beside.Passkeys.SignInAsync(asked.Secret, answer, Household.Desk, None)));

        Assert.Single(outcomes.OfType<SignInOutcome.Entered>());
        Assert.Single(outcomes.OfType<SignInOutcome.Expired>());
    }

    [Fact]
    public async Task Takes_no_answer_to_another_question()
    {
        await AddAsync(phone);
        var (one, other) = (await House.Passkeys.AskAsync(None), await House.Passkeys.AskAsync(None));

        Assert.IsType<SignInOutcome.Wrong>(await SignInAsync(one.Secret, phone.Give(other.Options)));
        Assert.False((await House.Audit.ListAsync(TenantId.Everybody, new(Act: Acts.PasskeyUsed), 1, None))[0].IsDone);
    }

    [Fact]
    public async Task Takes_none_of_who_was_not_verified_or_is_elsewhere()
    {
        await AddAsync(phone);
        phone.IsVerified = false;
        Assert.IsType<SignInOutcome.Wrong>(await GiveAsync(phone));
        (phone.IsVerified, phone.Origin) = (true, "https://evil.example");
        Assert.IsType<SignInOutcome.Wrong>(await GiveAsync(phone));
        (phone.Origin, phone.Domain) = ("http://localhost:8080", "evil.example");
        Assert.IsType<SignInOutcome.Wrong>(await GiveAsync(phone));
        phone.Domain = "localhost";

        Assert.IsType<SignInOutcome.Entered>(await GiveAsync(phone));
    }

    [Fact]
    public async Task Takes_none_whose_count_went_back_as_a_copys_does()
    {
        await AddAsync(phone);
        phone.Count = 10;
        Assert.IsType<SignInOutcome.Entered>(await GiveAsync(phone));
        phone.Count = 4;

        Assert.IsType<SignInOutcome.Wrong>(await GiveAsync(phone));
    }

    [Fact]
    public async Task Takes_none_that_nobody_has_or_that_another_key_signed()
    {
        await AddAsync(phone);
        using var stranger = new PasskeyHolder();
        using var forger = new PasskeyHolder { Credential = phone.Credential };
        var offered = Assert.IsType<PasskeyAsking.Asked>(await BeginAsync("x"));
        stranger.Make(offered.Options);
        forger.Make(offered.Options); // both know Ann's handle

        Assert.IsType<SignInOutcome.Wrong>(await GiveAsync(stranger));
        Assert.IsType<SignInOutcome.Wrong>(await GiveAsync(forger));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"clientDataJSON":"AAAA","authenticatorData":"AAAA","signature":"AAAA","userHandle":"bm9ib2R5"},"clientExtensionResults":{}}""")]
    public async Task Takes_nothing_that_is_no_answer(string answer)
    {
        Assert.IsType<SignInOutcome.Wrong>(await SignInAsync((await House.Passkeys.AskAsync(None)).Secret, answer));
        var asked = Assert.IsType<PasskeyAsking.Asked>(await BeginAsync("x"));
        Assert.IsType<AccountChange.Refused>(await House.Passkeys.AddAsync(Me, asked.Secret, answer, None));
        Assert.IsType<SignInOutcome.Expired>(await SignInAsync("made up", answer));
    }

    [Fact]
    public async Task Is_over_with_the_passkey()
    {
        await AddAsync(phone);
        var bob = await House.JoinAsync(ann, "bob@example.org", Role.Viewer);
        var id = (await House.Passkeys.ListAsync(ann.Id, None))[0].Id;
        Assert.False(await House.Passkeys.RemoveAsync(bob.ActorAt(""), id, None));

        Assert.True(await House.Passkeys.RemoveAsync(Me, id, None));

        Assert.IsType<SignInOutcome.Wrong>(await GiveAsync(phone));
        Assert.Contains(Acts.RemovePasskey, await House.ActsAsync());
        Assert.False(await House.Passkeys.RemoveAsync(Me, id, None));
    }

    [Fact]
    public async Task Is_over_with_the_person()
    {
        var bob = await House.JoinAsync(ann, "bob@example.org", Role.Owner);
        await AddAsync(phone);
        await House.Members.RemoveAsync(bob.ActorAt(""), TenantId.Everybody, ann.Id, None);

        Assert.IsType<SignInOutcome.Wrong>(await GiveAsync(phone));
        Assert.Empty(await House.Passkeys.ListAsync(ann.Id, None));
    }

    [Fact]
    public async Task Is_set_up_by_who_gives_the_password_once_more_and_nobody_else()
    {
        var refused = Assert.IsType<PasskeyAsking.Refused>(await House.Passkeys.BeginAddingAsync(Me, "  ", "wrong", None));
        Assert.Equal(["passkey.name", "present.wrong"], refused.Faults.Select(fault => fault.Code));
        var bob = await House.JoinAsync(ann, "bob@example.org", Role.Viewer);
        var asked = Assert.IsType<PasskeyAsking.Asked>(await BeginAsync("Ann's phone"));

        Assert.IsType<AccountChange.Refused>(await House.Passkeys.AddAsync(bob.ActorAt(""), asked.Secret, phone.Make(asked.Options), None));
        Assert.Empty(await House.Passkeys.ListAsync(ann.Id, None));
    }

    [Fact]
    public async Task Is_set_up_by_no_authenticator_twice_nor_by_one_that_verifies_nobody()
    {
        await AddAsync(phone);
        var asked = Assert.IsType<PasskeyAsking.Asked>(await BeginAsync("again"));
        Assert.IsType<AccountChange.Refused>(await House.Passkeys.AddAsync(Me, asked.Secret, phone.Make(asked.Options), None));

        using var careless = new PasskeyHolder { IsVerified = false };
        asked = Assert.IsType<PasskeyAsking.Asked>(await BeginAsync("careless"));
        Assert.IsType<AccountChange.Refused>(await House.Passkeys.AddAsync(Me, asked.Secret, careless.Make(asked.Options), None));
        Assert.Single(await House.Passkeys.ListAsync(ann.Id, None));
    }

    [Fact]
    public async Task Is_set_up_twenty_times_and_no_more()
    {
        for (var n = 0; n < Passkey.Most; n++)
        {
            using var holder = new PasskeyHolder();
            await AddAsync(holder);
            Office.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal("passkey.many", Assert.Single(Assert.IsType<PasskeyAsking.Refused>(await BeginAsync("one more")).Faults).Code);
    }

    Actor Me => ann.ActorAt("192.0.2.1");

    Task<PasskeyAsking> BeginAsync(string name) => House.Passkeys.BeginAddingAsync(Me, name, Household.Password, None);

    async Task AddAsync(PasskeyHolder holder)
    {
        var asked = Assert.IsType<PasskeyAsking.Asked>(await BeginAsync("Ann's phone"));
        Assert.IsType<AccountChange.Done>(await Beside.Passkeys.AddAsync(Me, asked.Secret, holder.Make(asked.Options), None));
    }

    async Task<SignInOutcome> GiveAsync(PasskeyHolder holder)
    {
        var asked = await House.Passkeys.AskAsync(None);
        return await SignInAsync(asked.Secret, holder.Give(asked.Options));
    }

    Task<SignInOutcome> SignInAsync(string secret, string answer) => House.Passkeys.SignInAsync(secret, answer, Household.Desk, None);
}
