using System.Diagnostics;
using Waybill.Engine.Accounts;
using Waybill.Engine.Keys;

namespace Waybill.Server.Admin.Keys;

/// <summary>Which scopes somebody may give to a key: those of what they may do themselves, so that a key is no way around a role.</summary>
internal static class ScopeGrants
{
    public static bool CanGive(this Role role, string scope) => scope switch
    {
        Scope.Full => Scope.All.Where(one => one != Scope.Full).All(one => role.CanGive(one)),
        Scope.Send or Scope.Events or Scope.Books => role.Allows(Permit.Send),
        Scope.Read => role.Allows(Permit.Content),
        Scope.Metrics or Scope.BooksAdmin => role.Allows(Permit.Streams), // operators, as for all that concerns every tenant
        Scope.Keys => role.Allows(Permit.Keys),
        Scope.Templates => role.Allows(Permit.Templates),
        Scope.Brands => role.Allows(Permit.Brands),
        Scope.Relays => role.Allows(Permit.Relays),
        Scope.Suppressions => role.Allows(Permit.Suppressions),
        Scope.Streams => role.Allows(Permit.Streams),
        _ => throw new UnreachableException($"No rule for {scope}."),
    };
}
