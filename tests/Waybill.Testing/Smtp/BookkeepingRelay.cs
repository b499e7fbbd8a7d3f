using System.Net;
using System.Net.Sockets;

namespace Waybill.Testing.Smtp;

/// <summary>
/// An SMTP server on loopback that takes whatever comes over any number of sessions, offers PIPELINING, and books each message the moment
/// it has the final dot, before it answers: a client that dies in between leaves an entry that it knows nothing of.
/// </summary>
public sealed class BookkeepingRelay : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stopping = new();
    readonly List<BookedMessage> booked = [];
    readonly TimeSpan delay;
    readonly Task accepting;
    TaskCompletionSource answering = Done();

    BookkeepingRelay(TimeSpan delay)
    {
        this.delay = delay;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Starts one that answers the final dot after <paramref name="delay"/>, so that the window of doubt is that wide.</summary>
    public static BookkeepingRelay Start(TimeSpan delay = default) => new(delay);

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>All that was accepted so far, in order.</summary>
    public IReadOnlyList<BookedMessage> Booked { get { lock (booked) return [.. booked]; } }

    public int Count { get { lock (booked) return booked.Count; } }

    /// <summary>From now on final dots are booked and not answered, until <see cref="Answer"/>.</summary>
    public void HoldAnswers() => answering = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers those who wait, and everybody from now on.</summary>
    public void Answer() => answering.TrySetResult();

    /// <summary>Raised for each message the moment it is booked.</summary>
    public event Action<BookedMessage>? Took;

    internal void Book(BookedMessage message)
    {
        lock (booked) booked.Add(message);
        Took?.Invoke(message);
    }

    internal async Task HesitateAsync()
    {
        if (delay > TimeSpan.Zero) await Task.Delay(delay, stopping.Token);
        await answering.Task.WaitAsync(stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        stopping.Dispose();
    }

    async Task AcceptAsync()
    {
        var sessions = new List<Task>();
        try
        {
            for (; ; ) sessions.Add(ServeAsync(await listener.AcceptSocketAsync(stopping.Token)));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(sessions);
        }
    }

    async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await new BookkeepingSession(stream, this).RunAsync(stopping.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client died; what it had sent up to a final dot is booked.
        }
    }

    static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
