using Waybill.Engine.Routing;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Routing;

public sealed class Finding_a_stream() : DatabaseContract(Provider.Sqlite)
{
    [Fact]
    public void Knows_those_of_the_engine_and_of_the_books_that_are_on() => Assert.Equal(
        [
            "api", "waybill.accounts", "waybill.tests", "racketbook.receipts", "racketbook.notices", "keysat.buyer", "keysat.operator",
            "kyora.account", "kyora.billing",
        ],
        Office.Streams.All.Select(stream => stream.Name));

    [Fact]
    public void Every_stream_of_a_book_begins_with_its_name() => Assert.All(
        PostOffice.Books,
        book => Assert.All(book.Streams, stream => Assert.StartsWith(book.Name + ".", stream.Name, StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("API")]
    [InlineData("newsletter")]
    public void Makes_no_policy_up(string name) => Assert.Throws<KeyNotFoundException>(() => Office.Streams.Find(name));

    [Fact]
    public void Tries_for_the_api_about_sixteen_hours() =>
        Assert.Equal(
            TimeSpan.FromSeconds(30) + TimeSpan.FromMinutes(42) + TimeSpan.FromHours(15),
            new TimeSpan(Streams.Api.Waits.Sum(wait => wait.Ticks)));
}
