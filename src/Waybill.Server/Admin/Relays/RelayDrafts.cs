using System.Globalization;
using System.Text.Json;
using Waybill.Engine.Relays;
using Waybill.Screens.Pages.Relays;
using Waybill.Server.Api.Relays;

namespace Waybill.Server.Admin.Relays;

/// <summary>What stands in the form of a relay: from what is kept, or as it was typed.</summary>
internal static class RelayDrafts
{
    static readonly TimeSpan SecretKept = TimeSpan.FromHours(1);

    /// <summary>A form that nobody filled in yet.</summary>
    public static RelayDraft Blank(string kind) => new(kind, new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>A relay as it is kept.</summary>
    public static RelayDraft Of(RelayRecord relay)
    {
        var (settings, limits) = (relay.Settings, relay.Settings.Limits);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = relay.Name,
            ["from"] = settings.From ?? "",
            ["sender_domains"] = string.Join(", ", settings.SenderDomains),
            ["per_second"] = limits.PerSecond?.ToString(CultureInfo.InvariantCulture) ?? "",
            ["daily_cap"] = limits.Daily?.ToString(CultureInfo.InvariantCulture) ?? "",
            ["monthly_cap"] = limits.Monthly?.ToString(CultureInfo.InvariantCulture) ?? "",
            ["sessions"] = settings.Sessions.ToString(CultureInfo.InvariantCulture),
        };
        Add(values, settings.Route);
        return new(settings.Route.Kind, values) { Version = relay.Version };
    }

    /// <summary>A form as it was typed; its password goes along sealed.</summary>
    public static RelayDraft Of(HttpContext context, IFormCollection form) => new(
        KindOf(form["kind"].ToString()),
        RelayDraft.Fields.ToDictionary(field => field, field => form[field].ToString(), StringComparer.Ordinal))
    {
        SecretBox = Box(context, form),
        Version = long.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0,
    };

    /// <summary>
    /// The same for the API's reader. A test needs no name; a relay's is not left as it was because the field was emptied.
    /// </summary>
    public static JsonElement Body(HttpContext context, IFormCollection form, RelayDraft draft, bool mustHaveName)
    {
        var body = new FormBody(form).Texts("from").Lists("sender_domains").Numbers("per_second", "daily_cap", "monthly_cap", "sessions")
            .With("kind", draft.Kind);
        if (mustHaveName) body = body.With("name", draft["name"].Trim());
        body = draft.Kind == "smtp"
            ? body.With("host", draft["host"].Trim()).Texts("security", "user", "helo", "ca_certificates").Numbers("port")
            : body.Texts("base_url");
        return (Secret(context, form) is { } secret ? body.With(SecretName(draft.Kind), secret) : body).Json();
    }

    /// <summary>What kind of relay a word asks for; SMTP unless it is Resend.</summary>
    public static string KindOf(string? word) => word == "resend" ? "resend" : "smtp";

    /// <summary>The password or API key of a form, sealed for the next page.</summary>
    public static string? Box(HttpContext context, IFormCollection form) =>
        Secret(context, form) is { } secret ? context.SealSecret(Purpose(context), secret, SecretKept) : null;

    /// <summary>The password or API key: as it was typed now, or before.</summary>
    public static string? Secret(HttpContext context, IFormCollection form) =>
        form[SecretName(KindOf(form["kind"].ToString()))].ToString() is { Length: > 0 } typed
        ? typed
        : context.OpenSecret(Purpose(context), form["secret_box"]);

    static string SecretName(string kind) => kind == "resend" ? "api_key" : "password";

    static string Purpose(HttpContext context) => $"a relay's secret: {context.GetRouteValue("tenant")}/{context.GetRouteValue("id")}";

    static void Add(Dictionary<string, string> values, RelayRoute route)
    {
        if (route is RelayRoute.Resend resend) values["base_url"] = resend.BaseUrl.ToString();
        if (route is not RelayRoute.Smtp smtp) return;
        values["host"] = smtp.Host;
        values["port"] = smtp.Port.ToString(CultureInfo.InvariantCulture);
        values["security"] = RelayAnswer.Word(smtp.Security);
        values["user"] = smtp.User ?? "";
        values["helo"] = smtp.HeloName ?? "";
        values["ca_certificates"] = smtp.Authorities ?? "";
    }
}
