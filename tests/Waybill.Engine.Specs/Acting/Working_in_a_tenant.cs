using Waybill.Engine.Acting;
using Waybill.Engine.Audit;
using Waybill.Engine.Specs.Databases;
using Waybill.Engine.Tenancy;
using Xunit;

namespace Waybill.Engine.Specs.Acting;

public sealed class Working_in_a_tenant_on_Sqlite() : Working_in_a_tenant(Provider.Sqlite);

public sealed class Working_in_a_tenant_on_Postgres() : Working_in_a_tenant(Provider.Postgres);

public abstract class Working_in_a_tenant(Provider provider) : DatabaseContract(provider)
{
    static readonly Actor Admin = new(new PersonId(Guid.Parse("01a20181-93c5-7bad-b32b-4bb9909067fa")), "admin@example.org", "192.0.2.7");

    [Fact]
    public void Is_never_for_nobody() =>
        Assert.Throws<ArgumentException>(() => new TenantScope(TenantId.Everybody, Admin, Guid.Empty, ActorKind.Member, ""));

    [Fact]
    public async Task As_an_admin_is_written_down_for_that_tenant_with_who_what_and_which_request()
    {
        var scope = await EnterAsync(Office.Tenant);

        Assert.Equal((Office.Tenant, Admin, ActorKind.Admin, "0HN1:1"), (scope.Tenant, scope.Who, scope.Kind, scope.RequestId));
        var entry = Assert.Single(await Audit.ListAsync(Office.Tenant, new AuditFilter(Act: "sample"), 10, None));
        Assert.Equal((Admin, "sample.bypass", "GET /sample/v1/things 0HN1:1", true), (entry.Who, entry.Act, entry.What, entry.IsDone));
    }

    [Fact]
    public async Task As_an_admin_is_written_down_each_time()
    {
        await EnterAsync(Office.Tenant);
        await EnterAsync(Office.Tenant);

        Assert.Equal(2, (await Audit.ListAsync(Office.Tenant, new AuditFilter(Act: "sample"), 10, None)).Count);
    }

    [Fact]
    public async Task As_an_admin_of_nobody_is_neither_allowed_nor_written_down()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => EnterAsync(TenantId.Everybody));

        Assert.Empty(await Audit.ListAsync(TenantId.Everybody, new AuditFilter(Act: "sample"), 10, None));
    }

    AuditTrail Audit => new(Database, Office.Master, Office.Clock);

    Task<TenantScope> EnterAsync(TenantId tenant) =>
        new TenantBypass(Audit).EnterAsync(tenant, Admin, Admin.Person!.Value.Value, "sample", "GET /sample/v1/things", "0HN1:1", None);
}
