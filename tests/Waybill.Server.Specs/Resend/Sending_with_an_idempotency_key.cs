using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Resend;

public class Sending_with_an_idempotency_key(SharedServer shared)
{
    readonly string key = $"order-{Guid.CreateVersion7()}";

    [Fact]
    public async Task Gives_the_first_answer_again_for_the_same_mail()
    {
        var first = await SendAsync(new Mail());
        var second = await SendAsync(new Mail());

        Assert.Equal(first.Id, second.Id);
    }

    [Fact]
    public async Task Refuses_another_mail_under_the_same_key()
    {
        var first = await SendAsync(new Mail());

        (await SendAsync(new Mail { Subject = "Another" })).ShouldBeRefused(409, "invalid_idempotent_request");
        Assert.Equal(first.Id, (await SendAsync(new Mail())).Id);
    }

    [Fact]
    public async Task Does_not_spend_the_key_on_a_mail_that_was_refused()
    {
        (await SendAsync(new Mail { From = "no address" })).ShouldBeRefused(422, "validation_error");

        Assert.NotEmpty((await SendAsync(new Mail())).Id);
    }

    [Fact]
    public async Task Gives_one_id_to_twenty_that_come_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(new Mail())));

        Assert.Single(answers.Select(answer => answer.Id).Distinct());
    }

    [Fact]
    public async Task Takes_keys_of_256_characters_and_not_one_more()
    {
        var longest = key.PadRight(256, 'x');

        Assert.NotEmpty((await SendAsync(new Mail(), longest)).Id);
        (await SendAsync(new Mail(), longest + "x")).ShouldBeRefused(400, "invalid_idempotency_key");
    }

    [Fact]
    public async Task Tells_the_same_key_of_two_senders_apart()
    {
        var mine = await SendAsync(new Mail());
        var stranger = await shared.KeyOfAnotherTenantAsync();
        var theirs = await shared.CallWithAsync(stranger, "emails.send", new Mail(), new { idempotencyKey = key });

        Assert.NotEqual(mine.Id, theirs.Id);
    }

    [Fact]
    public async Task Covers_a_batch_as_a_whole()
    {
        var first = await shared.CallAsync("batch.send", Mail.Many(3), new { idempotencyKey = key });
        var second = await shared.CallAsync("batch.send", Mail.Many(3), new { idempotencyKey = key });
        var other = await shared.CallAsync("batch.send", Mail.Many(2), new { idempotencyKey = key });

        Assert.Equal(first.Items.Select(Id), second.Items.Select(Id));
        other.ShouldBeRefused(409, "invalid_idempotent_request");
    }

    Task<ResendAnswer> SendAsync(Mail mail, string? under = null) =>
        shared.CallAsync("emails.send", mail, new { idempotencyKey = under ?? key });

    static string? Id(System.Text.Json.JsonElement item) => item.GetProperty("id").GetString();
}
