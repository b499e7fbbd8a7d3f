using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Waybill.Testing.Smtp;

/// <summary>
/// An SMTP server that plays its part from a text, a line each:
/// <list type="bullet">
/// <item><c>S: 250 ok</c> says a line; <c>S= octets\r\n</c> says octets with C's escapes and adds nothing. What follows directly on one
/// another goes out in one write.</item>
/// <item><c>C: QUIT</c> waits for exactly this line, in which <c>*</c> stands for anything; <c>C: [content]</c> for a message with its
/// dot; <c>C: [end]</c> for the end of the connection, <c>C: [rest]</c> likewise, whatever comes before it.</item>
/// <item><c>X: drop</c> ends the connection, <c>X: reset</c> rudely; <c>X: tls</c> makes the server's handshake;
/// <c>X: pause</c> waits until the client waits, and then for <see cref="Resume"/>.</item>
/// </list>
/// </summary>
public sealed class ScriptedPeer(string script, X509Certificate2? certificate = null)
{
    readonly StringBuilder heard = new();
    readonly StringBuilder heardInClear = new();
    readonly List<string> contents = [];
    readonly TaskCompletionSource paused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<byte> unread = [];
    Stream stream = Stream.Null;
    Stream bare = Stream.Null;

    /// <summary>Every octet of the client in the order it came, Latin-1; what came through TLS is shown as it was meant.</summary>
    public string Heard { get { lock (heard) return heard.ToString(); } }

    /// <summary>What anybody on the way could have read.</summary>
    public string HeardInClear { get { lock (heard) return heardInClear.ToString(); } }

    /// <summary>Each content as it was on the wire, with its stuffing and its dot.</summary>
    public IReadOnlyList<string> Contents => contents;

    /// <summary>Done when the script has come to <c>X: pause</c> and the client waits for a reply.</summary>
    public Task Paused => paused.Task;

    public void Resume() => resumed.TrySetResult();

    /// <summary>Plays the script to its end, and closes the connection.</summary>
    /// <exception cref="ScriptException">The client left the script.</exception>
    public async Task PlayAsync(Stream connection, CancellationToken cancellationToken)
    {
        stream = bare = connection;
        try
        {
            var lines = new Queue<string>(script.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            while (lines.TryDequeue(out var line)) await PlayLineAsync(line, lines, cancellationToken);
        }
        finally
        {
            paused.TrySetResult();
            await stream.DisposeAsync();
            await connection.DisposeAsync();
        }
    }

    Task PlayLineAsync(string line, Queue<string> rest, CancellationToken cancellationToken) => line switch
    {
        ['S', ..] => SayAsync(line, rest, cancellationToken),
        "C: [content]" => HearContentAsync(cancellationToken),
        "C: [end]" => HearEndAsync(cancellationToken),
        "C: [rest]" => HearRestAsync(cancellationToken),
        ['C', ..] => HearAsync(line[3..], cancellationToken),
        "X: drop" => stream.DisposeAsync().AsTask(),
        "X: tls" => SecureAsync(cancellationToken),
        "X: pause" => PauseAsync(),
        "X: reset" => ResetAsync(),
        _ => throw new ScriptException($"No such line in a script: {line}"),
    };

    async Task SayAsync(string line, Queue<string> rest, CancellationToken cancellationToken)
    {
        var words = new StringBuilder(Words(line));
        while (rest.TryPeek(out var next) && next.StartsWith('S')) words.Append(Words(rest.Dequeue()));
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(words.ToString()), cancellationToken);
        }
        catch (IOException)
        {
            // A client that has heard enough may leave in the middle of a reply.
        }
    }

    static string Words(string line) => line is ['S', '=', ..]
        ? Regex.Unescape(line[3..])
        : $"{line[Math.Min(3, line.Length)..]}\r\n";

    async Task HearAsync(string expected, CancellationToken cancellationToken)
    {
        var line = await ReadUntilAsync("\r\n", cancellationToken);
        var pattern = $"^{Regex.Escape(expected).Replace("\\*", ".*", StringComparison.Ordinal)}\r\n$";
        if (!Regex.IsMatch(line, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
            throw new ScriptException($"Expected \"{expected}\", heard \"{line.TrimEnd()}\".");
    }

    async Task HearContentAsync(CancellationToken cancellationToken)
    {
        var isEmpty = await HasAsync(3, cancellationToken) && unread[0] == '.' && unread[1] == '\r';
        contents.Add(await ReadUntilAsync(isEmpty ? ".\r\n" : "\r\n.\r\n", cancellationToken));
    }

    async Task HearEndAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (unread.Count > 0 || await FillAsync(cancellationToken)) throw new ScriptException($"Expected the end, heard {Heard}");
        }
        catch (IOException)
        {
            // Ended, if not politely.
        }
    }

    async Task HearRestAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await FillAsync(cancellationToken)) unread.Clear();
        }
        catch (IOException)
        {
            // Ended, if not politely.
        }
    }

    async Task SecureAsync(CancellationToken cancellationToken)
    {
        var secured = new SslStream(stream);
        try
        {
            var options = new SslServerAuthenticationOptions { ServerCertificate = certificate };
            await secured.AuthenticateAsServerAsync(options, cancellationToken);
            stream = secured;
        }
        catch (Exception refused) when (refused is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client did not like what it saw; the script says what follows.
        }
    }

    async Task PauseAsync()
    {
        if (bare is DuplexStream duplex) await duplex.WhenOtherEndWaits();
        paused.TrySetResult();
        await resumed.Task;
    }

    // A connection that is closed with a linger of 0 ends in RST instead of FIN.
    Task ResetAsync()
    {
        if (bare is NetworkStream { Socket: var socket }) socket.LingerState = new LingerOption(enable: true, seconds: 0);
        return bare.DisposeAsync().AsTask();
    }

    async Task<string> ReadUntilAsync(string end, CancellationToken cancellationToken)
    {
        var mark = Encoding.Latin1.GetBytes(end);
        int at;
        while ((at = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(unread).IndexOf(mark)) < 0)
            if (!await FillAsync(cancellationToken)) throw new ScriptException($"The client left after: {Heard}");
        var taken = Encoding.Latin1.GetString(unread.GetRange(0, at + mark.Length).ToArray());
        unread.RemoveRange(0, at + mark.Length);
        return taken;
    }

    async Task<bool> HasAsync(int count, CancellationToken cancellationToken)
    {
        while (unread.Count < count)
            if (!await FillAsync(cancellationToken)) return false;
        return true;
    }

    async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var count = await stream.ReadAsync(buffer, cancellationToken);
        unread.AddRange(buffer.AsSpan(0, count));
        var words = Encoding.Latin1.GetString(buffer, 0, count);
        lock (heard)
        {
            heard.Append(words);
            if (stream is not SslStream) heardInClear.Append(words);
        }
        return count > 0;
    }
}
