using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Waybill.KillHook;

/// <summary>The runtime looks for a type of this name outside any namespace, and calls <c>Initialize</c> before <c>Main</c>.</summary>
[SuppressMessage("Design", "MA0047", Justification = "The runtime finds it by its bare name.")]
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("WAYBILL_KILL_AT") is not { Length: > 0 } step) return;
        var after = int.Parse(Environment.GetEnvironmentVariable("WAYBILL_KILL_AFTER") ?? "1", CultureInfo.InvariantCulture);
        DiagnosticListener.AllListeners.Subscribe(new StepWatch(new Countdown(step, after)));
    }
}
