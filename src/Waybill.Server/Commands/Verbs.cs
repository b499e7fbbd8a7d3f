using Waybill.Books;
using Waybill.Books.Verbs;

namespace Waybill.Server.Commands;

/// <summary>The verbs that need the database: the server's own, and those of books.</summary>
internal static class Verbs
{
    /// <summary>The server's own.</summary>
    public static IReadOnlyList<Verb> Own { get; } = [.. KeysVerbs.All, RenderVerb.Verb, SendTestVerb.Verb, PeopleVerb.Verb, AuditVerb.Verb,
        VerifyVerb.Verb];

    /// <summary>The words that no verb of a book may begin with.</summary>
    public static IReadOnlyList<string> OwnNames { get; } = ["serve", "migrate", "books", .. Own.Select(verb => verb.Name)];

    /// <summary>All, with those of these books.</summary>
    public static IReadOnlyList<Verb> Of(IReadOnlyList<Book> books) => [.. Own, .. books.SelectMany(book => book.Verbs)];

    /// <summary>What a group of verbs is for.</summary>
    public static string DescriptionOf(string group) => group switch
    {
        "keys" => "Makes, lists and revokes API keys, and renews the master key.",
        "people" => "Lets people back in.",
        "audit" => "Proves who did what.",
        "import" => "Takes a file into a book.",
        _ => "",
    };
}
