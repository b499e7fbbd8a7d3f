using System.Globalization;

namespace Waybill.Testing;

/// <summary>
/// Settings that make an unchanged program die of SIGKILL inside its n-th event of one name on the DiagnosticListener "Waybill.Step".
/// The library is <c>tests/Waybill.KillHook</c>; the specs that use it reference that project, so that it is built.
/// </summary>
public static class KillHook
{
    public static string Library { get; } = Repository.PathOf("artifacts/bin/Waybill.KillHook/debug/Waybill.KillHook.dll");

    /// <summary>Takes the settings of <see cref="At"/> away again.</summary>
    public static Dictionary<string, string> Off { get; } =
        At("").ToDictionary(setting => setting.Key, _ => "", StringComparer.Ordinal);

    /// <summary>Environment variables for the program that shall die; <paramref name="after"/> counts from 1.</summary>
    public static Dictionary<string, string> At(string step, int after = 1) => new(StringComparer.Ordinal)
    {
        ["DOTNET_STARTUP_HOOKS"] = Library,
        ["WAYBILL_KILL_AT"] = step,
        ["WAYBILL_KILL_AFTER"] = after.ToString(CultureInfo.InvariantCulture),
    };
}
