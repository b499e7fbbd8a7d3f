using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Resend;

public class Scheduling_an_email(SharedServer shared)
{
    static readonly DateTimeOffset InAnHour = TimeProvider.System.GetUtcNow().AddHours(1);

    [Fact]
    public async Task Holds_it_until_then()
    {
        var email = await EmailAsync(await ScheduleAsync());

        Assert.Equal("scheduled", email.Text("last_event"));
        Assert.Equal(InAnHour, ScheduledAt(email), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Can_be_moved()
    {
        var sent = await ScheduleAsync();
        var moved = await MoveAsync(sent, InAnHour.AddDays(1));

        Assert.Equal(("email", sent.Id), (moved.Text("object"), moved.Id));
        Assert.Equal(InAnHour.AddDays(1), ScheduledAt(await EmailAsync(sent)), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Can_be_moved_to_now_and_goes_out()
    {
        var sent = await ScheduleAsync();
        await MoveAsync(sent, TimeProvider.System.GetUtcNow().AddSeconds(1));

        await shared.EmailOnceAsync(sent.Id, "sent");
    }

    [Fact]
    public async Task Can_be_canceled()
    {
        var sent = await ScheduleAsync();
        var canceled = await shared.CallAsync("emails.cancel", sent.Id);

        Assert.Equal(("email", sent.Id), (canceled.Text("object"), canceled.Id));
        Assert.Equal("canceled", (await EmailAsync(sent)).Text("last_event"));
    }

    [Fact]
    public async Task Cannot_be_changed_once_it_was_sent()
    {
        var sent = await shared.CallAsync("emails.send", new Mail());
        await shared.EmailOnceAsync(sent.Id, "sent");

        (await shared.CallAsync("emails.cancel", sent.Id)).ShouldBeRefused(422, "validation_error");
        (await MoveAsync(sent, InAnHour)).ShouldBeRefused(422, "validation_error");
    }

    [Fact]
    public async Task Needs_a_time_that_can_be_read() =>
        (await shared.CallAsync("emails.send", new Mail { ScheduledAt = "half past never" })).ShouldBeRefused(422, "validation_error");

    Task<ResendAnswer> ScheduleAsync() => shared.CallAsync("emails.send", new Mail { ScheduledAt = InAnHour.ToString("O") });

    Task<ResendAnswer> MoveAsync(ResendAnswer sent, DateTimeOffset at) =>
        shared.CallAsync("emails.update", new { id = sent.Id, scheduledAt = at.ToString("O") });

    Task<ResendAnswer> EmailAsync(ResendAnswer sent) => shared.CallAsync("emails.get", sent.Id);

    static DateTimeOffset ScheduledAt(ResendAnswer email) => email.Value.GetProperty("scheduled_at").GetDateTimeOffset();
}
