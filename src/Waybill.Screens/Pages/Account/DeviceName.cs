namespace Waybill.Screens.Pages.Account;

/// <summary>What people call a browser and its system, from what it says of itself.</summary>
internal static class DeviceName
{
    /// <summary>The order counts: most claim to be several.</summary>
    static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"),
            ("Safari/", "Safari"), ("curl/", "curl")];

    static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
            ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>Browser and system; null where they are none that we know.</summary>
    public static (string? Browser, string? System) Of(string userAgent) => (Find(Browsers, userAgent), Find(Systems, userAgent));

    static string? Find((string Mark, string Name)[] known, string userAgent) =>
        Array.Find(known, one => userAgent.Contains(one.Mark, StringComparison.Ordinal)).Name;
}
