using System.Buffers;
using System.Net.Sockets;
using System.Text;
using Waybill.Smtp.Replies;

namespace Waybill.Smtp.Wires;

/// <summary>
/// One connection: commands out through one buffer, replies in through one reader, every wait with its time. Whatever goes wrong with it
/// is a <see cref="WireException"/>.
/// </summary>
sealed class Wire(Connection connection, TimeProvider clock) : IAsyncDisposable
{
    readonly Deadline deadline = new(clock);
    readonly ReplyReader replies = new();
    readonly ArrayBufferWriter<byte> outgoing = new(16 * 1024);
    Stream stream = connection.Stream;
    TimeSpan dialogue;

    /// <summary>Where the dialogue is written down; changes with each hand-over.</summary>
    public Transcript Transcript { get; set; } = new();

    /// <summary>Words that no reply may repeat into transcript, reason or reply, from now on.</summary>
    public void Hide(SecretWords secrets) => replies.Secrets = secrets;

    public bool IsLoopback => connection.IsLoopback;

    /// <summary>A step was late or given up, be it at the last moment: nothing more can be said or heard.</summary>
    public bool IsOver => deadline.Token.IsCancellationRequested;

    /// <summary>Something arrived that nobody asked for yet.</summary>
    public bool HasLeftovers => replies.HasLeftovers;

    /// <summary>Nothing waits to be read: neither words (a 421) nor the end of the connection. So an idle session should be.</summary>
    public bool IsQuiet => !replies.HasLeftovers && (connection.Socket is null || IsSilent(connection.Socket));

    /// <summary>Where content is written that <see cref="FlushAsync"/> will send.</summary>
    public IBufferWriter<byte> Outgoing => outgoing;

    public int Waiting => outgoing.WrittenCount;

    /// <summary>Starts the time that all steps without one of their own share.</summary>
    /// <param name="dialogue">All of it, for the words when it is over.</param>
    /// <param name="startedAt">Since when it has been running, by the monotonic time.</param>
    public void Begin(TimeSpan dialogue, long startedAt)
    {
        this.dialogue = dialogue;
        deadline.Allow(dialogue - clock.GetElapsedTime(startedAt));
    }

    /// <summary>Puts a command into the buffer.</summary>
    /// <param name="command">The line without its end.</param>
    /// <param name="shown">What the transcript shows instead, for a line that holds a secret.</param>
    public void Queue(string command, string? shown = null)
    {
        if (command.AsSpan().ContainsAnyInRange('\0', '\x1f') || command.Contains('\x7f', StringComparison.Ordinal))
            throw new ArgumentException("A control character would make another command of it.", nameof(command));
        Transcript.Client(shown ?? command);
        Encoding.UTF8.GetBytes(command, outgoing);
        outgoing.Write("\r\n"u8);
    }

    /// <summary>Sends what the buffer holds, in one write.</summary>
    /// <param name="within">The step's own time; null: what is left of the dialogue's.</param>
    public async ValueTask FlushAsync(TimeSpan? within = null)
    {
        Allow(within);
        try
        {
            await stream.WriteAsync(outgoing.WrittenMemory, deadline.Token).ConfigureAwait(false);
            await stream.FlushAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception broken) when (Explain(broken, within) is { } clause)
        {
            throw new WireException(clause, broken);
        }
        outgoing.Clear();
    }

    public async ValueTask<Reply> ReadReplyAsync(TimeSpan? within = null)
    {
        if (replies.TryTake(out var reply)) return Noted(reply);
        Allow(within);
        do await ReceiveAsync(within).ConfigureAwait(false);
        while (!replies.TryTake(out reply));
        return Noted(reply);
    }

    /// <summary>Says one command and hears its reply.</summary>
    public async ValueTask<Reply> AskAsync(string command, TimeSpan? within = null, string? shown = null)
    {
        Queue(command, shown);
        await FlushAsync(within).ConfigureAwait(false);
        return await ReadReplyAsync(within).ConfigureAwait(false);
    }

    /// <summary>What the relay said before it let go of the connection, if that can still be heard.</summary>
    public async ValueTask<Reply?> HearLastWordsAsync(TimeSpan within)
    {
        if (deadline.Token.IsCancellationRequested) return null;
        try
        {
            return await ReadReplyAsync(within).ConfigureAwait(false);
        }
        catch (WireException)
        {
            return null;
        }
    }

    /// <summary>Puts TLS around the connection; returns what is wrong with it, or null.</summary>
    public async ValueTask<string?> SecureAsync(TlsHandshake handshake)
    {
        try
        {
            stream = await handshake.PerformAsync(stream, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception broken) when (handshake.Problem is not null || Explain(broken, within: null) is not null)
        {
            return handshake.Problem ?? Explain(broken, within: null);
        }
        Transcript.Note(handshake.Summary);
        return null;
    }

    /// <summary>Ends every wait at once; the connection is of no use afterwards.</summary>
    public void GiveUp() => deadline.GiveUp();

    /// <summary>Stops the clock until the next hand-over.</summary>
    public void Rest() => deadline.Rest();

    public async ValueTask DisposeAsync()
    {
        deadline.Dispose();
        await stream.DisposeAsync().ConfigureAwait(false);
    }

    void Allow(TimeSpan? within)
    {
        if (within is { } own) deadline.Allow(own);
    }

    async ValueTask ReceiveAsync(TimeSpan? within)
    {
        int count;
        try
        {
            count = await stream.ReadAsync(replies.Space(), deadline.Token).ConfigureAwait(false);
        }
        catch (Exception broken) when (Explain(broken, within) is { } clause)
        {
            throw new WireException(clause, broken);
        }
        if (count == 0) throw new WireException("the relay closed the connection");
        replies.Fill(count);
    }

    // The caller's own giving up is no fault of the connection and stays the cancellation it is.
    string? Explain(Exception broken, TimeSpan? within) => broken switch
    {
        _ when deadline.WasGivenUp => null,
        OperationCanceledException when deadline.HasPassed && within is { } own => $"the relay took longer than {Words.Span(own)}",
        OperationCanceledException when deadline.HasPassed => $"the dialogue took longer than {Words.Span(dialogue)}",
        IOException or SocketException => $"the connection was lost ({broken.GetBaseException().Message})",
        _ => null,
    };

    Reply Noted(Reply reply)
    {
        Transcript.Server(reply);
        return reply;
    }

    static bool IsSilent(Socket socket)
    {
        try
        {
            return !socket.Poll(0, SelectMode.SelectRead);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>
/// The connection ended, was late, or carried what no SMTP server sends: nothing more can be read from it. Caught where a dialogue is
/// turned into outcomes, and told apart there from an error of whoever reads the content.
/// </summary>
/// <param name="clause">What happened, as the end of a sentence: small letter, no full stop.</param>
/// <param name="cause">The exception below, if any.</param>
sealed class WireException(string clause, Exception? cause = null) : IOException(clause, cause);
