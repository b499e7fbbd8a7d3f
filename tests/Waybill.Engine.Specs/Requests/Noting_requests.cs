using Waybill.Engine.Requests;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Requests;

public sealed class Noting_requests_in_Sqlite() : Noting_requests(Provider.Sqlite);

public sealed class Noting_requests_in_Postgres() : Noting_requests(Provider.Postgres);

public abstract class Noting_requests(Provider provider) : DatabaseContract(provider)
{
    [Fact]
    public async Task They_are_listed_newest_first_by_page()
    {
        await NoteAsync(Record("/emails"), Record("/logs"), Record("/templates"));

        var (first, hasMore) = await Office.Requests.ListAsync(Office.Tenant, RequestFilter.All, 2, after: null, before: null, None);
        var (second, _) = await Office.Requests.ListAsync(Office.Tenant, RequestFilter.All, 2, after: first[^1].Id, before: null, None);
        Assert.Equal(["/templates", "/logs"], first.Select(record => record.Endpoint));
        Assert.True(hasMore);
        Assert.Equal("/emails", Assert.Single(second).Endpoint);
    }

    [Theory]
    [InlineData(0, 999, "", "/emails /emails/batch /api_keys")]
    [InlineData(400, 499, "", "/emails/batch")]
    [InlineData(200, 200, "mail", "/emails")]
    [InlineData(0, 999, "/EMAILS", "/emails /emails/batch")]
    [InlineData(0, 999, " batch\0", "/emails/batch")]
    [InlineData(0, 999, "i_k", "/api_keys")]
    [InlineData(0, 999, "%", "")]
    public async Task They_are_found_by_status_and_by_a_part_of_the_path(int least, int most, string path, string found)
    {
        await NoteAsync(Record("/emails"), Record("/emails/batch") with { Status = 422 }, Record("/api_keys") with { Status = 503 });

        var (page, _) = await Office.Requests.ListAsync(Office.Tenant, new(least, most, path), 10, after: null, before: null, None);

        Assert.Equal(found.Split(' ', StringSplitOptions.RemoveEmptyEntries), page.Select(record => record.Endpoint).Reverse());
    }

    [Fact]
    public async Task One_is_read_as_it_was_noted()
    {
        var record = Record("/emails") with { Status = 422, UserAgent = "resend-node:6.38.0", Refusal = """{"name":"validation_error"}""" };
        await NoteAsync(record);

        Assert.Equal(record, await Office.Requests.FindAsync(Office.Tenant, record.Id, None));
    }

    [Fact]
    public async Task Another_tenant_sees_none_of_them()
    {
        var record = Record("/emails");
        await NoteAsync(record);
        var another = await Office.TenantAsync("another");

        Assert.Null(await Office.Requests.FindAsync(another, record.Id, None));
        Assert.Empty((await Office.Requests.ListAsync(another, RequestFilter.All, 10, null, null, None)).Page);
    }

    [Fact]
    public async Task They_are_forgotten_after_thirty_days()
    {
        await NoteAsync(Record("/emails"));
        Office.Clock.Advance(TimeSpan.FromDays(31));
        await NoteAsync(Record("/logs"));

        Assert.Equal(1, await Office.Requests.ForgetAsync(Database, None));
        Assert.Equal(
            "/logs",
            Assert.Single((await Office.Requests.ListAsync(Office.Tenant, RequestFilter.All, 10, null, null, None)).Page).Endpoint);
    }

    RequestRecord Record(string endpoint)
    {
        Office.Clock.Advance(TimeSpan.FromMilliseconds(5));
        var now = Office.Clock.GetUtcNow();
        return new(Guid.CreateVersion7(now), Office.Tenant, Office.Key, now, "POST", endpoint, 200, UserAgent: null, Refusal: null);
    }

    /// <summary>What waits when it stops is written.</summary>
    async Task NoteAsync(params RequestRecord[] records)
    {
        using var log = new RequestLog(Database, Office.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<RequestLog>.Instance);
        foreach (var record in records) log.Note(record);
        await log.StartAsync(None);
        await log.StopAsync(None);
    }
}
