using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Accounts;

/// <summary>What a person is in a tenant, or in the whole instance. Under /admin each includes the ones before it.</summary>
public enum Role
{
    /// <summary>Belongs to the tenant: works in its book, and opens none of its pages under /admin. A role of tenants alone.</summary>
    Member,

    /// <summary>Reads, and changes nothing: neither here nor in a book.</summary>
    Viewer,

    /// <summary>Writes what mails say, and makes keys.</summary>
    Developer,

    /// <summary>Decides what becomes of messages, and how they leave.</summary>
    Operator,

    /// <summary>Decides who may do all this.</summary>
    Owner,
}

/// <summary>The words for roles, in the database and in forms.</summary>
public static class Roles
{
    /// <summary>All, the least first.</summary>
    public static IReadOnlyList<Role> All { get; } = [Role.Member, Role.Viewer, Role.Developer, Role.Operator, Role.Owner];

    /// <summary>Those that can be given in a tenant or, where there is none, in the whole instance: a member is one of a tenant.</summary>
    public static IEnumerable<Role> In(TenantId place) => All.Where(role => role != Role.Member || place != TenantId.Everybody);

    /// <summary>
    /// Whether it lets a person change what stands in their tenant's book. A viewer, who is above a member under /admin, only reads there
    /// too.
    /// </summary>
    public static bool WorksInBook(this Role role) => role != Role.Viewer;

    /// <summary>The word.</summary>
    public static string Word(this Role role) => role switch
    {
        Role.Member => "member",
        Role.Viewer => "viewer",
        Role.Developer => "developer",
        Role.Operator => "operator",
        Role.Owner => "owner",
        _ => throw new System.Diagnostics.UnreachableException($"No word for {role}."),
    };

    /// <summary>The role that a word stands for; null when it stands for none.</summary>
    public static Role? Find(string? word)
    {
        foreach (var role in All)
            if (role.Word() == word) return role;
        return null;
    }
}
