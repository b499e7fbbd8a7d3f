using Microsoft.Extensions.Configuration;
using Waybill.Server.Api.Rates;
using Waybill.Server.Bodies;
using Waybill.Server.Configuration;

namespace Waybill.Server.Specs.Bodies;

public class Settings_of_bodies_and_rates
{
    public static TheoryData<string, string> Table
    {
        get
        {
            var table = new TheoryData<string, string>();
            foreach (var name in (string[])["Server:BodyMemory", "Server:BodySeconds", "Server:BodyRate", "Limits:KeyPerSecond",
                "Limits:TenantPerSecond"])
                foreach (var value in (string[])["0", "-1", "1000000000000", "many", "1.5"]) table.Add(name, value);
            return table;
        }
    }

    [Theory, MemberData(nameof(Table))]
    public void Stop_the_start_when_they_are_wrong(string name, string value)
    {
        var (settings, problems) = Read((name, value));

        Assert.Null(settings);
        Assert.StartsWith($"{name} is '{value}'; it must be", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Are_generous_unless_set()
    {
        var settings = Read().Settings!;

        Assert.Equal((256L << 20, new BodyPace(TimeSpan.FromSeconds(120), 16 << 10)), (settings.BodyMemory, settings.BodyPace));
        Assert.Equal((new Rate(20_000), new Rate(40_000)), (settings.KeyRate!, settings.TenantRate!));
    }

    [Fact]
    public void May_say_that_there_is_no_rate()
    {
        var settings = Read(("Limits:KeyPerSecond", "none"), ("Limits:TenantPerSecond", "none")).Settings!;

        Assert.Null(settings.KeyRate);
        Assert.Null(settings.TenantRate);
    }

    static (Settings? Settings, IReadOnlyList<string> Problems) Read(params (string Name, string Value)[] settings) => SettingsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value))).Build(),
        Hosting.Books.All);
}
