namespace Waybill.Engine.Accounts;

/// <summary>What a person is in a tenant, or in the whole instance. Each includes the ones before it.</summary>
public enum Role
{
    /// <summary>Reads.</summary>
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
    public static IReadOnlyList<Role> All { get; } = [Role.Viewer, Role.Developer, Role.Operator, Role.Owner];

    /// <summary>The word.</summary>
    public static string Word(this Role role) => role switch
    {
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
