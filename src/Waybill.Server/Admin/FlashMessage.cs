using Waybill.Screens.Texts;

namespace Waybill.Server.Admin;

/// <summary>The texts of flash messages and faults.</summary>
internal static class FlashMessage
{
    /// <summary>The text of a key in the visitor's language.</summary>
    public static string Say(this HttpContext context, string key, params object?[] arguments) =>
        Wording.Of(Appearance.Of(context).Locale).Say(key, arguments);

    /// <summary>The text of a key that counts: <c>key.one</c> for 1, <c>key.other</c> for all else.</summary>
    public static string SayCount(this HttpContext context, string key, long count) =>
        context.Say(key + (count == 1 ? ".one" : ".other"), count);
}
