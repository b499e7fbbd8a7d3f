using Xunit;

namespace Waybill.Engine.Specs.Mails;

/// <summary>A few of the sixty, the ones that are hardest to lay out; <c>./test --long mails</c> looks at all.</summary>
public sealed class Mails_in_a_browser(ChromiumOfSpecs shared) : IClassFixture<ChromiumOfSpecs>
{
    public static readonly TheoryData<string> Hard =
    [
        "accounts.invite.en", "halden.invoice.en", "kitab.order.ar", "lumen.tariff-change.de", "norrpost.shipped.en",
        "turnverein.membership.de",
    ];

    [Theory, MemberData(nameof(Hard))]
    public async Task Can_be_read_on_a_phone_at_night_and_on_a_desk_by_day(string name)
    {
        foreach (var (width, isDark) in new[] { (360, true), (640, false) })
        {
            var window = await Window.OpenAsync(shared.Chromium, width, isDark);
            await window.ShowAsync(MailSet.Named(name));

            Assert.InRange(await window.OverhangAsync(), int.MinValue, 0);
            Assert.Empty(await window.SeriousFaultsAsync());
        }
    }
}
