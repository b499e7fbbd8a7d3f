using Waybill.Engine.Messages;
using Waybill.Server.Admin.Messages;

namespace Waybill.Server.Specs.Inbox;

public class Reading_a_search
{
    static readonly DateTimeOffset Now = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Knows_every_filter()
    {
        var query =
            Read("to:ann subject:\"your order\" status:failed,held tag:order=118 stream:api brand:shop since:7d until:2026-11-12 thanks");

        Assert.Empty(query.Faults);
        Assert.Equal((" ann", " your order", " thanks"), (query.Filter.To, query.Filter.Subject, query.Filter.Words));
        Assert.Equal([MessageStatus.Held, MessageStatus.Failed], query.Filter.Statuses);
        Assert.Equal(("order", "118", "api", "shop"), (query.Filter.TagName, query.Filter.TagValue, query.Filter.Stream, query.Brand));
        Assert.Equal((Now.AddDays(-7), Now.Date), (query.Filter.Since, query.Filter.Until!.Value.UtcDateTime));
    }

    [Theory]
    [InlineData("01928374-6574-7392-8192-837465748392")]
    [InlineData("id:01928374-6574-7392-8192-837465748392")]
    [InlineData("<01928374-6574-7392-8192-837465748392@example.com>")]
    public void Takes_an_id_however_it_was_copied(string text) =>
        Assert.Equal(Guid.Parse("01928374-6574-7392-8192-837465748392"), Read(text).Filter.Id);

    [Theory]
    [InlineData("\"to:ann\"", " to:ann")]
    [InlineData("Re: hello", " Re: hello")]
    [InlineData("\"unclosed word", " unclosed word")]
    public void Takes_for_words_what_is_none_of_its_filters(string text, string words) =>
        Assert.Equal((words, 0), (Read(text).Filter.Words, Read(text).Faults.Count));

    [Theory]
    [InlineData("form:ann", "filter.fault.key")]
    [InlineData("status:lost", "filter.fault.status")]
    [InlineData("status:failed,", "filter.fault.status")]
    [InlineData("id:118", "filter.fault.id")]
    [InlineData("to:@", "filter.fault.words")]
    [InlineData("👍", "filter.fault.words")]
    [InlineData("since:yesterday", "filter.fault.time")]
    [InlineData("since:2026-02-30", "filter.fault.time")]
    [InlineData("since:2026-11-12T10:00:00", "filter.fault.time")]
    [InlineData("since:1d since:2d", "filter.fault.twice")]
    [InlineData("since:1d until:2d", "filter.fault.order")]
    [InlineData("stream:nosuch", "filter.fault.stream")]
    public void Says_what_makes_no_sense(string text, string fault) => Assert.Equal(fault, Assert.Single(Read(text).Faults).Text);

    [Theory]
    [InlineData("since:9999w")]
    [InlineData("since:0001-01-01")]
    [InlineData("until:9999-12-31")]
    [InlineData("tag:a\0b")]
    [InlineData("waiting status:waiting")]
    [InlineData("")]
    [InlineData("   ")]
    public void Takes_what_is_far_away_or_nothing(string text) => Assert.Empty(Read(text).Faults);

    [Fact]
    public void Reads_ten_thousand_characters_no_further_and_keeps_them()
    {
        var text = string.Concat(Enumerable.Repeat("to:a\" ", 2000));

        Assert.Equal(("filter.fault.long", text), (Assert.Single(Read(text).Faults).Text, Read(text).Text));
    }

    static MessageQuery Read(string text) => MessageQuery.Read(text, ["api", "waybill.tests"], Now);
}
