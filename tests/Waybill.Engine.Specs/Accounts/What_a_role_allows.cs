using Waybill.Engine.Accounts;
using Waybill.Engine.Tenancy;
using Xunit;

namespace Waybill.Engine.Specs.Accounts;

public class What_a_role_allows
{
    [Theory]
    [InlineData(Permit.Read, true, true, true, true)]
    [InlineData(Permit.Content, true, true, true, true)]
    [InlineData(Permit.Send, false, true, true, true)]
    [InlineData(Permit.Templates, false, true, true, true)]
    [InlineData(Permit.Brands, false, true, true, true)]
    [InlineData(Permit.Keys, false, true, true, true)]
    [InlineData(Permit.Routes, false, true, true, true)]
    [InlineData(Permit.Messages, false, false, true, true)]
    [InlineData(Permit.Suppressions, false, false, true, true)]
    [InlineData(Permit.Streams, false, false, true, true)]
    [InlineData(Permit.Relays, false, false, true, true)]
    [InlineData(Permit.Settings, false, false, true, true)]
    [InlineData(Permit.Audit, false, false, true, true)]
    [InlineData(Permit.Instance, false, false, true, true)]
    [InlineData(Permit.People, false, false, false, true)]
    public void Stands_in_this_table(Permit permit, bool viewer, bool developer, bool @operator, bool owner) =>
        Assert.Equal([false, viewer, developer, @operator, owner], Roles.All.Select(role => role.Allows(permit))); // a member opens nothing

    [Fact]
    public void In_a_book_is_work_for_all_but_a_viewer() =>
        Assert.Equal([Role.Member, Role.Developer, Role.Operator, Role.Owner], Roles.All.Where(role => role.WorksInBook()));

    [Fact]
    public void Is_given_in_tenants_alone_to_a_member()
    {
        Assert.Equal([Role.Member], Roles.All.Except(Roles.In(TenantId.Everybody)));
        Assert.Equal(Roles.All, Roles.In(TenantId.New(TimeProvider.System)));
    }

    [Fact]
    public void Is_decided_for_every_permit() => Assert.All(Permits.All, permit => Assert.Contains(permit.LeastRole(), Roles.All));

    [Fact]
    public void Is_the_same_for_a_role_and_its_word()
    {
        Assert.Equal(Roles.All, Roles.All.Select(role => Roles.Find(role.Word())!.Value));
        Assert.Null(Roles.Find("admin"));
        Assert.Null(Roles.Find(null));
    }
}
