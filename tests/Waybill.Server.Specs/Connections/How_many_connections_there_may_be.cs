using Waybill.Server.Connections;

namespace Waybill.Server.Specs.Connections;

public class How_many_connections_there_may_be
{
    [Theory]
    [InlineData(512, 64)]
    [InlineData(1024, 576)]
    [InlineData(4096, 3584)]
    [InlineData(1_048_576, 16_384)]
    [InlineData(null, 16_384)]
    public void Follows_the_limit_of_open_files(int? descriptors, int all)
    {
        var limits = ConnectionLimits.For(descriptors, asked: null);

        Assert.Equal(all, limits.Served + limits.Surplus);
        Assert.InRange(limits.OfOneAddress, 1, limits.Served - 1);
        Assert.InRange(limits.Surplus, 4, 256);
    }

    [Theory]
    [InlineData(1024, 576, true)]
    [InlineData(1024, 577, false)]
    [InlineData(1024, null, true)]
    [InlineData(null, 1_000_000, true)]
    public void Is_what_was_asked_for_where_that_fits(int? descriptors, int? asked, bool fits) =>
        Assert.Equal(fits, ConnectionLimits.ProblemOf(descriptors, asked) is null);

    [Fact]
    public void Leaves_descriptors_for_everything_else_under_the_lowest_limit()
    {
        Assert.InRange(ConnectionLimits.RoomIn(DescriptorLimit.Least), ConnectionLimits.Fewest, DescriptorLimit.Least - 400);
        Assert.All([512, 1024, 4096, 20_000, 1_048_576], limit => Assert.True(limit - ConnectionLimits.RoomIn(limit) >= 448));
    }

    [Theory]
    [InlineData("Max processes             unlimited            unlimited            processes \nMax open files            1024            "
        + "     524288               files     \n", 1024)]
    [InlineData("Max open files            unlimited            unlimited            files     \n", null)]
    [InlineData("Max open files            9999999999           9999999999           files     \n", int.MaxValue)]
    [InlineData("", null)]
    public void Is_read_where_Linux_says_it(string limits, int? limit) => Assert.Equal(limit, DescriptorLimit.In(limits));
}
