using System.Runtime.InteropServices;

namespace Waybill.KillHook;

/// <summary>Counts the events of one name, over all listeners, and kills its own process inside the last one.</summary>
internal sealed partial class Countdown(string step, int after) : IObserver<KeyValuePair<string, object?>>
{
    const int SigKill = 9;
    int left = after;

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == step && Interlocked.Decrement(ref left) == 0) _ = Kill(Environment.ProcessId, SigKill);
    }

    public void OnCompleted() { }
    public void OnError(Exception error) { }

    // Process.Kill would ask the runtime first; this is gone before the next instruction.
    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
