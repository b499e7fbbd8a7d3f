using System.Diagnostics;

namespace Waybill.Testing;

/// <summary>Waits for what another process will do: asks again and again, and gives up with a sentence.</summary>
public static class Eventually
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>The first answer that is not null. Throws <see cref="TimeoutException"/> after the limit (10 s unless told).</summary>
    public static async Task<T> GetAsync<T>(string what, Func<Task<T?>> ask, TimeSpan? limit = null) where T : class
    {
        var patience = limit ?? TimeSpan.FromSeconds(10);
        var started = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(Pause);
        do
        {
            if (await ask() is { } answer) return answer;
            await pause.WaitForNextTickAsync();
        }
        while (Stopwatch.GetElapsedTime(started) < patience);
        throw new TimeoutException($"Waited {patience.TotalSeconds:0.#} s in vain for {what}.");
    }

    /// <summary>As <see cref="GetAsync{T}"/>, for something that is so or is not.</summary>
    public static Task IsTrueAsync(string what, Func<Task<bool>> ask, TimeSpan? limit = null) =>
        GetAsync(what, async () => await ask() ? "yes" : null, limit);
}
