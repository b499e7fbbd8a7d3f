namespace Waybill.Engine.Sharing;

/// <summary>Work that was begun and is waited for when its loop stops.</summary>
internal sealed class Underway
{
    readonly Lock gate = new();
    readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int count = 1; // the loop's own, until it stops

    /// <summary>Begins work on another thread. Whatever it throws is lost: it sees to its own failures.</summary>
    public void Begin(Func<Task> work)
    {
        lock (gate) count++;
        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            finally
            {
                End();
            }
        });
    }

    /// <summary>Done when all work is; none may be begun any more.</summary>
    public Task StopAsync()
    {
        End();
        return over.Task;
    }

    void End()
    {
        lock (gate)
        {
            if (--count == 0) over.TrySetResult();
        }
    }
}
