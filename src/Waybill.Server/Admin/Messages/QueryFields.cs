using Waybill.Screens.Pages.Messages;

namespace Waybill.Server.Admin.Messages;

/// <summary>
/// A search in fields, for those who would rather not type it. It becomes the typed one, so that an address has one way to be written.
/// </summary>
internal static class QueryFields
{
    static readonly string[] Keys = ["to", "subject", "tag", "status", "stream", "brand", "since", "until"];

    /// <summary>What the fields say; null when none was sent.</summary>
    public static string? Compose(IQueryCollection query)
    {
        if (!Keys.Any(query.ContainsKey)) return null;
        var terms = Keys.Select(key => (Key: key, Value: query[key].ToString().Trim()))
            .Where(term => term.Value.Length > 0).Select(term => new QueryTerm(term.Key, term.Value));
        return string.Join(
            ' ', terms.Select(term => term.ToString()).Append(Others(query["words"].ToString())).Where(term => term.Length > 0));
    }

    /// <summary>The fields as a search fills them.</summary>
    public static FilterFields Of(MessageQuery query)
    {
        var terms = QueryTerm.Read(query.Text.Length > MessageQuery.Longest ? "" : query.Text).ToLookup(term => term.Key ?? "");
        string? Of(string key) => terms[key].Select(term => term.Value).LastOrDefault();
        return new()
        {
            To = Of("to"),
            Subject = Of("subject"),
            Tag = Of("tag"),
            Status = Of("status"),
            Stream = Of("stream"),
            Brand = Of("brand"),
            Since = Of("since"),
            Until = Of("until"),
            Words = string.Join(' ', terms[""].Concat(terms["id"])),
        };
    }

    /// <summary>Words alone are sent along as they are.</summary>
    static string Others(string words) => words.Trim();
}
