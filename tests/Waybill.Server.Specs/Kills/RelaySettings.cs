using System.Globalization;
using Waybill.Testing.Smtp;

namespace Waybill.Server.Specs.Kills;

/// <summary>The settings of a server over a database, behind a relay that keeps a book.</summary>
internal sealed class RelaySettings(DatabaseUnderKills database, BookkeepingRelay relay)
{
    /// <summary>How many sessions the relay is asked to carry.</summary>
    public const int Sessions = 16;

    /// <summary>For a process that says EHLO with this name.</summary>
    public Dictionary<string, string> Of(string life) => new(database.Settings, StringComparer.Ordinal)
    {
        ["SMTP_HOST"] = "127.0.0.1",
        ["SMTP_PORT"] = relay.Port.ToString(CultureInfo.InvariantCulture),
        ["SMTP_SECURITY"] = "none",
        ["Relay__Sessions"] = Sessions.ToString(CultureInfo.InvariantCulture),
        ["Relay__HeloName"] = life,
    };
}
