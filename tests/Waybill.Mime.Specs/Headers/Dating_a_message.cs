using System.Globalization;
using Waybill.Mime.Specs.Messages;
using Xunit;

namespace Waybill.Mime.Specs.Headers;

public class Dating_a_message
{
    [Theory]
    [InlineData("2026-01-05T03:04:05+00:00", "Mon, 05 Jan 2026 03:04:05 +0000")]
    [InlineData("2026-12-31T23:59:59+05:45", "Thu, 31 Dec 2026 23:59:59 +0545")]
    [InlineData("2024-02-29T00:00:00-09:30", "Thu, 29 Feb 2024 00:00:00 -0930")]
    [InlineData("2026-05-10T12:00:00.999+14:00", "Sun, 10 May 2026 12:00:00 +1400")]
    [InlineData("2026-05-10T12:00:00-00:15", "Sun, 10 May 2026 12:00:00 -0015")]
    public async Task Says_the_day_in_English_and_the_zone_in_numbers(string date, string expected) =>
        Assert.Equal(expected, (await Samples.Message(date: DateTimeOffset.Parse(date, CultureInfo.InvariantCulture)).Read())["Date"]);
}
