using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Emitting;

namespace Waybill.RacketBook.Specs.Emitting;

public sealed class Who_an_emit_goes_to
{
    [Theory]
    [InlineData(EmitKind.Initial, false, "anna@example.org", true, "to anna@example.org")]
    [InlineData(EmitKind.AutoReEmit, false, "anna@example.org", true, "to anna@example.org")]
    [InlineData(EmitKind.AutoReEmit, false, "anna@example.org", false, "nobody re_emit_not_mailed")]
    [InlineData(EmitKind.ManualReEmit, false, "anna@example.org", false, "to anna@example.org")]
    [InlineData(EmitKind.Initial, false, "anna@example.org", false, "to anna@example.org")]
    [InlineData(EmitKind.Initial, false, null, true, "nobody no_address")]
    [InlineData(EmitKind.AdminReEmit, false, "   ", true, "nobody no_address")]
    [InlineData(EmitKind.Initial, true, "anna@example.org", true, "nobody self_job")]
    [InlineData(EmitKind.AutoReEmit, true, "anna@example.org", true, "nobody self_job")]
    [InlineData(EmitKind.ManualReEmit, true, "anna@example.org", true, "to anna@example.org")]
    [InlineData(EmitKind.AdminReEmit, true, "anna@example.org", true, "to anna@example.org")]
    [InlineData(EmitKind.ManualReEmit, true, null, true, "nobody no_address")]
    [InlineData(EmitKind.Initial, false, "anna at example", true, "unusable anna at example")]
    public void Follows_from_its_kind_the_client_and_the_setting(
        EmitKind kind, bool isSelf, string? email, bool mailOnReEmit, string outcome)
    {
        var client = new Client { Id = default, IsSelf = isSelf, Person = new() { Id = default, FirstName = "Anna", Email = email } };

        var told = Addressee.Of(kind, client, new() { MailOnReEmit = mailOnReEmit }) switch
        {
            Addressee.To(var mailbox) => $"to {mailbox.Address}",
            Addressee.Nobody(var reason) => $"nobody {reason}",
            Addressee.Unusable(var text) => $"unusable {text}",
            var other => other.GetType().Name,
        };

        Assert.Equal(outcome, told);
    }
}
