using System.Text;
using Waybill.Server.Specs.Relays;
using Waybill.Server.Specs.Resend;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.EndToEnd;

public sealed class Mail_through_a_real_Postfix(ServerBehindPostfix behind) : IClassFixture<ServerBehindPostfix>
{
    static readonly byte[] Receipt = [.. Enumerable.Range(0, 4096).Select(n => (byte)n)];

    [Fact]
    public async Task Arrives_with_the_very_bytes_that_the_journal_keeps()
    {
        var sent = await behind.Resend.CallAsync("emails.send", new Mail
        {
            To = "receipts@example.org",
            Subject = "Grüße aus Zürich",
            Html = "<p>Your receipt is attached. Σ ✓</p>\n.\n<p>A line with a dot alone stood above.</p>",
            Attachments = new[] { new { filename = "receipt.bin", content = ResendClient.Buffer(Receipt) } },
        });
        var delivered = await behind.Postfix.Mail.WaitForMailAsync("Delivered-To: receipts@example.org");
        var rendered = await behind.Server.RunAsync("render", sent.Id);

        Assert.True(rendered.ExitCode == 0, rendered.Complaints);
        Assert.Equal(WithLineFeeds(rendered.Output), WithoutTheHeadersOfPostfix(delivered));
        Assert.Contains(Convert.ToBase64String(Receipt), OnOneLine(rendered.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Can_be_tested_stage_by_stage_without_being_sent()
    {
        using var instance = await behind.Server.ClientOfTheInstanceAsync();
        var good = await instance.RelaysAsync(HttpMethod.Post, "/00000000-0000-7000-8000-000000000001/test");
        var bad = await behind.Server.RelaysAsync(HttpMethod.Post, "/test", new
        {
            kind = "smtp",
            host = behind.Postfix.Host,
            port = behind.Postfix.Port,
            user = behind.Postfix.User,
            password = "zq7-not-the-password",
            ca_certificates = await File.ReadAllTextAsync(behind.Postfix.CaFile),
        });

        Assert.Equal("name connect greeting hello tls sign_in sender", good.Test().Stages);
        Assert.Equal("name connect greeting hello tls sign_in!", bad.Test().Stages);
        Assert.Contains("535 5.7.8", bad.Test().Said, StringComparison.Ordinal);
        Assert.DoesNotContain(behind.Postfix.Password, good.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("zq7-not-the-password", bad.Text + behind.Server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_sent_once_Postfix_took_it()
    {
        var sent = await behind.Resend.CallAsync("emails.send", new Mail());

        var email = await Eventually.GetAsync("the mail to be sent", async () =>
            await behind.Resend.CallAsync("emails.get", sent.Id) is var now && now.Text("last_event") == "sent" ? now : null);

        await behind.Postfix.Mail.WaitForMailAsync(email.Text("message_id")!);
    }

    [Fact]
    public async Task Fails_for_good_when_Postfix_knows_no_such_user()
    {
        var sent = await behind.Resend.CallAsync("emails.send", new Mail { To = "bad@example.org" });

        await Eventually.IsTrueAsync("the mail to be given up", async () =>
            (await behind.Resend.CallAsync("emails.get", sent.Id)).Text("last_event") is "bounced" or "failed");
    }

    // A Maildir has the line ends of its system; on the wire they were CRLF.
    static string WithLineFeeds(byte[] message) => Encoding.Latin1.GetString(message).Replace("\r\n", "\n", StringComparison.Ordinal);

    static string OnOneLine(byte[] message) => WithLineFeeds(message).Replace("\n", "", StringComparison.Ordinal);

    /// <summary>Cuts what Postfix wrote on top: its own headers and their continuation lines, up to the first header of ours.</summary>
    static string WithoutTheHeadersOfPostfix(byte[] delivered)
    {
        string[] own = ["Return-Path:", "X-Original-To:", "Delivered-To:", "Received:", " ", "\t"];
        var lines = WithLineFeeds(delivered).Split('\n');
        return string.Join('\n', lines.SkipWhile(line => own.Any(start => line.StartsWith(start, StringComparison.Ordinal))));
    }
}
