using System.Diagnostics;

namespace Waybill.Engine.Storage;

/// <summary>
/// The named points of a message's path at which a process may die, told to whoever listens to "Waybill.Step". Nobody does in
/// production; the kill specs end the process there.
/// </summary>
internal static class Steps
{
    static readonly DiagnosticListener Listener = new("Waybill.Step");

    public static void Reached(string step)
    {
        if (Listener.IsEnabled()) Listener.Write(step, value: null);
    }
}
