using Waybill.Engine.Routing;
using Xunit;

namespace Waybill.Engine.Specs.Routing;

public class Finding_a_stream
{
    [Fact]
    public void Knows_what_is_posted_to_the_api_and_the_tests_of_operators()
    {
        Assert.Equal((9, OnUnknown.Retry), (Streams.Find("api").Attempts, Streams.Find("api").OnUnknown));
        Assert.Equal((1, OnUnknown.Hold), (Streams.Find("waybill.tests").Attempts, Streams.Find("waybill.tests").OnUnknown));
    }

    [Theory]
    [InlineData("")]
    [InlineData("API")]
    [InlineData("newsletter")]
    public void Makes_no_policy_up(string name) => Assert.Throws<KeyNotFoundException>(() => Streams.Find(name));

    [Fact]
    public void Tries_for_the_api_about_sixteen_hours() =>
        Assert.Equal(TimeSpan.FromSeconds(30) + TimeSpan.FromMinutes(42) + TimeSpan.FromHours(15), new TimeSpan(Streams.Api.Waits.Sum(wait => wait.Ticks)));
}
