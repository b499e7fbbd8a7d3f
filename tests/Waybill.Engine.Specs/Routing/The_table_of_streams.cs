using Waybill.Engine.Routing;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Routing;

/// <summary>The table of product.md §4 word by word: what each stream is by default. What the words do is specified beside it.</summary>
public sealed class The_table_of_streams() : DatabaseContract(Provider.Sqlite)
{
    const string NetworkAnd4xx = "Network, TemporaryReply, RateLimit";
    const string AllButOurFault = "Network, TemporaryReply, RateLimit, ServerError";

    [Theory]
    [InlineData("racketbook.receipts", "Inline")]
    [InlineData("racketbook.notices", "Queued")]
    [InlineData("keysat.buyer", "Queued")]
    [InlineData("keysat.operator", "Queued")]
    [InlineData("kyora.account", "Queued")]
    [InlineData("kyora.billing", "Queued")]
    [InlineData("waybill.accounts", "Queued")]
    [InlineData("waybill.tests", "Inline")]
    [InlineData("api", "Queued")]
    public void Hands_over(string stream, string expected) => Assert.Equal(expected, Find(stream).HandOver.ToString());

    [Theory]
    [InlineData("racketbook.receipts", "", 0, "Any", false)]
    [InlineData("racketbook.notices", "", 0, "Any", false)]
    [InlineData("keysat.buyer", "2 4", 0, NetworkAnd4xx, false)]
    [InlineData("keysat.operator", "2 4", 0, NetworkAnd4xx, false)]
    [InlineData("kyora.account", "1 4", 0, AllButOurFault, true)]
    [InlineData("kyora.billing", "1 4", 0, AllButOurFault, true)]
    [InlineData("waybill.accounts", "1 4", 0, AllButOurFault, true)]
    [InlineData("waybill.tests", "", 0, "Any", false)]
    [InlineData("api", "30 120 600 1800 3600 7200 14400 28800", 0.2, "Any", true)]
    public void Tries_again_after(string stream, string seconds, double jitter, string retried, bool honoursRetryAfter)
    {
        var policy = Find(stream);

        Assert.Equal(seconds, string.Join(' ', policy.Waits.Select(wait => wait.TotalSeconds)));
        Assert.Equal((jitter, retried, honoursRetryAfter), (policy.Jitter, policy.RetriedAfter.ToString(), policy.HonoursRetryAfter));
        Assert.False(policy.RetryOnceOnConnectionFault);
    }

    [Theory]
    [InlineData("racketbook.receipts", "Keep", "Fail", "HoldAsFailed", "Fail")]
    [InlineData("racketbook.notices", "Log", "Log", "Hold", "Log")]
    [InlineData("keysat.buyer", "LogQuietly", "DropWithWarning", "Retry", "Fail")]
    [InlineData("keysat.operator", "Warn", "DropWithWarning", "Retry", "SendAnyway")]
    [InlineData("kyora.account", "Refuse", "Capture", "Retry", "Suppress")]
    [InlineData("kyora.billing", "Refuse", "Capture", "Retry", "Suppress")]
    [InlineData("waybill.accounts", "Refuse", "Capture", "Retry", "Suppress")]
    [InlineData("waybill.tests", "Refuse", "Capture", "Hold", "SendAnyway")]
    [InlineData("api", "Refuse", "Capture", "Retry", "Suppress")]
    public void Does_without_recipient_or_relay_when_unknown_and_when_suppressed(
        string stream, string noRecipient, string noRelay, string unknown, string suppressed)
    {
        var policy = Find(stream);

        Assert.Equal(
            (noRecipient, noRelay, unknown, suppressed),
            (policy.OnNoRecipient.GetType().Name, policy.OnNoRelay.ToString(), policy.OnUnknown.ToString(),
                policy.OnSuppressed.ToString()));
    }

    [Theory]
    [InlineData("racketbook.receipts", "for ever", "Attempt", false)]
    [InlineData("racketbook.notices", "365 days", "Wait", false)]
    [InlineData("keysat.buyer", "90 days", "Wait", false)]
    [InlineData("keysat.operator", "90 days", "Wait", true)]
    [InlineData("kyora.account", "90 days", "Wait", false)]
    [InlineData("kyora.billing", "90 days", "Wait", false)]
    [InlineData("waybill.accounts", "90 days", "Wait", true)]
    [InlineData("waybill.tests", "90 days", "Attempt", false)]
    [InlineData("api", "90 days", "Wait", false)]
    public void Keeps_and_behaves_at_a_cap(string stream, string kept, string atCap, bool defaultRelayOnly)
    {
        var policy = Find(stream);

        Assert.Equal((kept, atCap, defaultRelayOnly), (policy.Kept.ToString(), policy.AtCap.ToString(), policy.DefaultRelayOnly));
        Assert.False(policy.OffersUnsubscribe);
    }

    StreamPolicy Find(string stream) => Office.Streams.Find(stream);
}
