using System.Text;
using Waybill.Server.Specs.EndToEnd;
using Waybill.Testing;

namespace Waybill.Server.Specs.RacketBook;

/// <summary>What RacketBook mails beside receipts, through a real Postfix.</summary>
public sealed class Notices_by_mail(ServerBehindPostfix behind) : IClassFixture<ServerBehindPostfix>
{
    [Fact]
    public async Task Invite_a_stringer_in_their_language_and_the_link_is_in_nothing_that_is_kept()
    {
        var shop = await Workshop.OpenAsync(behind.Server, "Bespannservice Seeblick", "de");

        var mail = await MailAsync(shop.Stringer.GetProperty("email").GetString()!);

        Assert.Equal("Ihr Bespanner-Konto", new Received(mail).Header("Subject"));
        Assert.Contains(
            "/admin/invite/",
            Encoding.Latin1.GetString(mail).Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.DoesNotContain("/admin/invite/", behind.Server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tell_the_operator_of_a_proposal_where_no_stringer_is_an_admin()
    {
        var shop = await Workshop.OpenAsync(behind.Server);
        var proposed = (await shop.PostAsync("strings", new { maker = "Babolat", model = "RPM Blast", gauge = "1.25" })).Id;
        await shop.PostAsync("submissions", new { kind = "string", row_id = proposed });

        var mail = await MailAsync(ServerProcess.OwnerEmail);

        Assert.Equal("New catalogue proposal: String Babolat RPM Blast 1.25", new Received(mail).Header("Subject"));
    }

    Task<byte[]> MailAsync(string to) => behind.Postfix.Mail.WaitForMailAsync(mail => new Received(mail).Header("Delivered-To") == to);
}
