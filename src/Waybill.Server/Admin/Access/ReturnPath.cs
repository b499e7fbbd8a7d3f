namespace Waybill.Server.Admin.Access;

/// <summary>Where a form asks to be led back to: a page of ours, or the first one.</summary>
internal static class ReturnPath
{
    const string First = "/admin";
    const int Longest = 2000;

    /// <summary>The path if it is one to go to after signing in, which the pages of signing in are not.</summary>
    public static string Read(HttpContext context, string? asked) =>
        Ours(context, asked) is var path && path.StartsWith(First + "/sign-", StringComparison.Ordinal) ? First : path;

    /// <summary>The path if it is one of ours; a browser takes <c>//</c> and <c>\</c> for another host.</summary>
    public static string Ours(HttpContext context, string? asked) =>
        asked is { Length: > 0 and <= Longest }
            && (asked == First || asked.StartsWith(First + "/", StringComparison.Ordinal) || IsBooks(context, asked))
        && asked.All(c => c is > ' ' and <= '~' and not '\\')
            ? asked
            : First;

    static bool IsBooks(HttpContext context, string asked) =>
        asked[0] == '/'
            && context.RequestServices.GetRequiredService<Http.BookPaths>().Find(new PathString(asked.Split('?', 2)[0])) is not null;
}
