using System.Globalization;
using System.Text;

namespace Waybill.Server.Admin.Audit;

/// <summary>The audit's filter as it stands in the address.</summary>
/// <param name="Who">Part of an address, or an IP address; empty: anybody.</param>
/// <param name="Act">An act or a group of acts; empty: any.</param>
/// <param name="Since">A span as in <c>7d</c>, or a day; empty: ever.</param>
/// <param name="After">Older than this entry.</param>
internal sealed record AuditQuery(string Who, string Act, string Since, Guid? After)
{
    const int Longest = 300;

    public static AuditQuery Read(IQueryCollection query) =>
        new(Text(query["who"]), Text(query["act"]), Text(query["since"]), Guid.TryParseExact(query["after"], "D", out var after)
            ? after
            : null);

    /// <summary>The instant that is meant; or that none is.</summary>
    public (DateTimeOffset? Since, bool IsWrong) SinceWhen(DateTimeOffset now)
    {
        if (Since.Length == 0) return (null, false);
        if (DateTimeOffset.TryParseExact(Since, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
            return (day, false);
        if (!int.TryParse(Since[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 10_000)
            return (null, true);
        return Since[^1] switch
        {
            'h' => (now.AddHours(-count), false),
            'd' => (now.AddDays(-count), false),
            _ => (null, true),
        };
    }

    /// <summary>As a query, with its question mark; empty when nothing is asked.</summary>
    public string Text() => QueryString.Create(
        new[] { ("who", Who), ("act", Act), ("since", Since), ("after", After?.ToString("D") ?? "") }
            .Where(one => one.Item2.Length > 0)
            .Select(one => KeyValuePair.Create<string, string?>(one.Item1, one.Item2))).ToString();

    /// <summary>No text has a NUL or half a character in it, and PostgreSQL takes none.</summary>
    static string Text(string? asked) =>
        asked is null ? "" : string.Concat(asked.Trim().EnumerateRunes().Where(rune => !Rune.IsControl(rune)).Take(Longest));
}
