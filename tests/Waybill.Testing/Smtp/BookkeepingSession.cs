using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Waybill.Testing.Smtp;

/// <summary>One session with a <see cref="BookkeepingRelay"/>. Commands that come together are answered together (RFC 2920 §3.2).</summary>
internal sealed partial class BookkeepingSession(Stream stream, BookkeepingRelay relay)
{
    readonly StringBuilder answers = new("220 relay.example ready\r\n");
    string client = "";
    bool isInContent;
    bool hasQuit;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new(leaveOpen: true));
        while (!hasQuit)
        {
            await SayAsync(cancellationToken);
            var read = await reader.ReadAsync(cancellationToken);
            var rest = await HearAsync(read.Buffer, cancellationToken);
            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted) break;
        }
        await SayAsync(cancellationToken);
    }

    async Task<ReadOnlySequence<byte>> HearAsync(ReadOnlySequence<byte> octets, CancellationToken cancellationToken)
    {
        while (!hasQuit && TryTake(ref octets, out var taken))
        {
            if (isInContent) await BookAsync(taken, cancellationToken);
            else Obey(Encoding.Latin1.GetString(taken));
        }
        return octets;
    }

    bool TryTake(ref ReadOnlySequence<byte> octets, out ReadOnlySequence<byte> taken)
    {
        var reader = new SequenceReader<byte>(octets);
        if (!reader.TryReadTo(out taken, isInContent ? "\r\n.\r\n"u8 : "\r\n"u8)) return false;
        octets = reader.UnreadSequence;
        return true;
    }

    void Obey(string line)
    {
        switch (line.Split(' ', 2)[0].ToUpperInvariant())
        {
            case "EHLO":
                client = line[5..];
                answers.Append("250-relay.example\r\n250-PIPELINING\r\n250 8BITMIME\r\n");
                break;
            case "MAIL" or "RCPT" or "RSET" or "NOOP":
                answers.Append("250 2.0.0 Ok\r\n");
                break;
            case "DATA":
                isInContent = true;
                answers.Append("354 go ahead\r\n");
                break;
            case "QUIT":
                hasQuit = true;
                answers.Append("221 2.0.0 Bye\r\n");
                break;
            default:
                answers.Append("500 5.5.2 What?\r\n");
                break;
        }
    }

    async Task BookAsync(ReadOnlySequence<byte> stuffed, CancellationToken cancellationToken)
    {
        isInContent = false;
        var content = Stuffing().Replace(Encoding.Latin1.GetString(stuffed), "") + "\r\n";
        var hash = SHA256.HashData(Encoding.Latin1.GetBytes(content));
        relay.Book(new(Field(MessageIdField(), content), Field(SubjectField(), content), Convert.ToHexStringLower(hash), client));
        await SayAsync(cancellationToken);
        await relay.HesitateAsync();
        answers.Append("250 2.0.0 Ok: booked\r\n");
    }

    async Task SayAsync(CancellationToken cancellationToken)
    {
        if (answers.Length == 0) return;
        var words = Encoding.Latin1.GetBytes(answers.ToString());
        answers.Clear();
        await stream.WriteAsync(words, cancellationToken);
    }

    static string Field(Regex field, string content) => field.Match(content).Groups["value"].Value;

    [GeneratedRegex(@"(?<=^|\r\n)\.", RegexOptions.None, 1000)]
    private static partial Regex Stuffing();

    [GeneratedRegex(@"(?im)^Message-ID: *(?<value>[^\r\n]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MessageIdField();

    [GeneratedRegex(@"(?im)^Subject: *(?<value>[^\r\n]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SubjectField();
}
