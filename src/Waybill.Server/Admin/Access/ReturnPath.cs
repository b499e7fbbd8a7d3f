namespace Waybill.Server.Admin.Access;

/// <summary>Where somebody wanted to go before they were asked to sign in: a page of ours, or the first one.</summary>
internal static class ReturnPath
{
    const string First = "/admin";
    const int Longest = 2000;

    /// <summary>The path if it is one of ours; a browser takes <c>//</c> and <c>\</c> for another host.</summary>
    public static string Read(string? asked) =>
        asked is { Length: > 0 and <= Longest } && (asked == First || asked.StartsWith(First + "/", StringComparison.Ordinal))
        && !asked.StartsWith(First + "/sign-", StringComparison.Ordinal) && asked.All(c => c is > ' ' and <= '~' and not '\\')
            ? asked
            : First;
}
