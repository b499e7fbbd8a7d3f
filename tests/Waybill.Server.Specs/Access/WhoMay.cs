using Waybill.Engine.Accounts;
using Waybill.Engine.Keys;
using Waybill.Testing;

namespace Waybill.Server.Specs.Access;

/// <summary>One line of the table of who may do what.</summary>
/// <param name="Method">E.g. <c>GET</c>.</param>
/// <param name="Template">The path, with parameters in braces.</param>
/// <param name="Kind">The first word of the rule.</param>
/// <param name="Least">The second: a role, a scope, or what is done to a book; empty: there is none.</param>
/// <param name="IsShared">Whether it is about nothing of one tenant's.</param>
/// <param name="Foreign">What the id of another tenant's thing is answered with.</param>
internal sealed record Line(string Method, string Template, string Kind, string Least, bool IsShared, int Foreign)
{
    public bool IsSafe => Method == "GET";

    public bool IsOfBook => Kind is "book" or "page";

    public bool IsOfTenant => Template.StartsWith("/admin/t/", StringComparison.Ordinal);

    /// <summary>Whether a browser with a session reaches it.</summary>
    public bool IsForSessions => Kind is "signed-in" or "tenant" or "tenant-instance" or "instance" or "book" or "page";

    /// <summary>Whether it is about one thing, which is somebody's.</summary>
    public bool IsOfOneThing =>
        !IsShared && Kind is "key" or "tenant" or "book" or "page"
            && Template.Replace("{tenant}", "", StringComparison.Ordinal).Contains('{', StringComparison.Ordinal);

    public string Route => $"{Method} {Template}";
}

/// <summary>The table of who may do what, and what it says of somebody.</summary>
internal static class WhoMay
{
    public static IReadOnlyList<Line> Lines { get; } = [
        .. File.ReadLines(Repository.PathOf("tests/Waybill.Server.Specs/Access/who-may.txt"))
        .Where(line => line.Length > 0 && line[0] != '#').Select(Read)];

    /// <summary>With what somebody is refused who asks for something of the first shop; null: they are let in.</summary>
    public static int? Refusal(Line line, Somebody who) => line.Kind switch
    {
        "everybody" => null,
        "socket" => 404,
        // all others are a tenant's
        "machine" => !who.IsKey || who.IsInstances ? null : who.IsRevoked || who.Has(Scope.Metrics) ? 403 : 401,
        "key" or "operator-key" or "instance-key" => KeyRefusal(line, who),
        "book" when who.IsKey => BookKeyRefusal(line, who),
        "book" when !who.IsSignedIn => 401,
        _ when !who.IsSignedIn => line.IsSafe ? 302 : 401,
        "signed-in" => null,
        "tenant" => who.Role is not { } role ? 404 : role >= Roles.Find(line.Least) ? null : 403,
        "tenant-instance" => who.Role is null ? 404 : who.InInstance >= Roles.Find(line.Least) ? null : 403,
        "instance" => who.InInstance >= Roles.Find(line.Least) ? null : 403,
        "book" or "page" => BookRefusal(line, who),
        _ => throw new InvalidOperationException($"No rule {line.Kind}."),
    };

    static int? KeyRefusal(Line line, Somebody who)
    {
        if (!who.IsKey) return 401;
        if (who.IsRevoked || who.IsUnbound) return 403;
        if (!who.Has(line.Least)) return 401;
        if (line.Kind == "instance-key") return who.IsInstances ? null : 403;
        if (line.Kind == "operator-key") return who.IsOperators ? null : 403;
        return who.Place == Place.First || !line.IsOfOneThing ? null : line.Foreign;
    }

    static int? BookKeyRefusal(Line line, Somebody who)
    {
        if (who.IsRevoked || who.IsUnbound) return 403;
        if (!who.Has(Scope.Books)) return 401;
        if (line.Least == "admin" || who.Place == Place.Elsewhere) return who.IsBookAdmin ? null : 403;
        return who.Place == Place.First || !line.IsOfOneThing ? null : line.Foreign;
    }

    static int? BookRefusal(Line line, Somebody who)
    {
        if (who.IsBookAdmin) return null;
        if (line.Least == "admin" || who.Place == Place.Elsewhere) return 403;
        if (who.Place == Place.Second) return line.IsOfOneThing ? line.Foreign : null;
        return line.Least == "work" && who.InTenant == Role.Viewer ? 403 : null;
    }

    static Line Read(string line)
    {
        var (route, rule) = (line[..line.IndexOf(" : ", StringComparison.Ordinal)].TrimEnd().Split(' '),
            line[(line.IndexOf(" : ", StringComparison.Ordinal) + 3)..].Split(' '));
        return new(
            route[0], route[1], rule[0], rule.ElementAtOrDefault(1) ?? "", rule.Contains("shared"),
            int.TryParse(rule[^1], System.Globalization.CultureInfo.InvariantCulture, out var status) ? status : 404);
    }
}

/// <summary>Where somebody belongs.</summary>
internal enum Place
{
    /// <summary>To neither of the two shops.</summary>
    Elsewhere,

    /// <summary>To the one whose things are asked for.</summary>
    First,

    /// <summary>To the other one.</summary>
    Second,
}

/// <summary>Somebody who asks: a person, a key, or nobody who is known.</summary>
internal sealed record Somebody(string Name, Place Place = Place.Elsewhere)
{
    /// <summary>What they are in their tenant.</summary>
    public Role? InTenant { get; init; }

    /// <summary>What they are in the whole instance.</summary>
    public Role? InInstance { get; init; }

    /// <summary>What a key was made for; null: it is no key.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The key itself.</summary>
    public string? Secret { get; init; }

    public bool IsRevoked { get; init; }

    /// <summary>The tenant that a key names beside itself; null: none.</summary>
    public string? Naming { get; init; }

    /// <summary>Whether a key is bound to no tenant, or names one that is not its own.</summary>
    public bool IsUnbound { get; init; }

    /// <summary>Whether a key is the instance's.</summary>
    public bool IsInstances { get; init; }

    /// <summary>Whether a key is the first tenant's or the instance's.</summary>
    public bool IsOperators { get; init; }

    /// <summary>Whether they administer the book of all.</summary>
    public bool IsBookAdmin { get; init; }

    /// <summary>What a browser sends.</summary>
    public string? Cookies { get; init; }

    /// <summary>What its forms carry.</summary>
    public string FormToken { get; init; } = "";

    public bool IsKey => Scopes is not null;

    public bool IsSignedIn => Cookies is not null;

    /// <summary>What they are in the first shop's tenant.</summary>
    public Role? Role => (Place == Place.First ? InTenant : null) is { } own && own >= (InInstance ?? own) ? own : InInstance;

    public bool Has(string scope) => Scopes!.Contains(scope) || Scopes!.Contains(Scope.Full);

    public override string ToString() => Name;
}
