using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Waybill.Bench.Load;

/// <summary>
/// Many clients that post one email after the other. One thread serves them all: the generator shares its cores with the server and has to
/// stay out of the way.
/// </summary>
internal sealed class PostingLoad(Uri server, string apiKey)
{
    public const int Clients = 64;

    static readonly string[] Words =
    [
        "order", "parcel", "invoice", "thank", "you", "delivery", "address", "tracking", "number", "please", "reply", "soon", "account",
    ];

    /// <summary>A POST /emails whose JSON has that many octets; with a time, it is only to be sent then.</summary>
    public byte[] Request(int octets, string? scheduledAt = null)
    {
        var more = scheduledAt is null ? "" : $"\"scheduled_at\":\"{scheduledAt}\",";
        var envelope = "{\"from\":\"Waybill Bench <bench@example.com>\",\"to\":[\"reader@example.net\"],";
        var before = envelope + "\"subject\":\"Your order has been shipped\"," + more + "\"text\":\"";
        return Post(before + Prose(octets - before.Length - 2) + "\"}");
    }

    /// <summary>A POST /emails that names a template.</summary>
    public byte[] Request(string template, System.Text.Json.JsonElement variables) => Post(
        $"{{\"from\":\"Waybill Bench <bench@example.com>\",\"to\":[\"reader@example.net\"],\"template\":{{\"id\":\"{template}\",\"variables\":{variables.GetRawText()}}}}}");

    byte[] Post(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var head =
            $"POST /emails HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {apiKey}\r\nContent-Type: application/json\r\n";
        return [.. Encoding.ASCII.GetBytes(Invariant($"{head}Content-Length: {bytes.Length}\r\n\r\n")), .. bytes];
    }

    /// <summary>Posts until the time is up or the number is reached, and gives how long each answer took.</summary>
    public IReadOnlyList<TimeSpan> Run(byte[] request, TimeSpan atMost, int most = int.MaxValue)
    {
        var clock = Stopwatch.StartNew();
        var endpoint = new IPEndPoint(IPAddress.Loopback, server.Port);
        var clients = Enumerable.Range(0, Math.Min(Clients, most)).Select(_ => new PostingClient(endpoint, request, clock)).ToList();
        try
        {
            foreach (var client in clients) client.Send();
            var left = most - clients.Count;
            return Run(clients.ToDictionary(client => client.Socket), () => left-- > 0 && clock.Elapsed < atMost);
        }
        finally
        {
            foreach (var client in clients) client.Dispose();
        }
    }

    static List<TimeSpan> Run(Dictionary<Socket, PostingClient> waiting, Func<bool> goesOn)
    {
        var took = new List<TimeSpan>();
        var readable = new List<Socket>(waiting.Count);
        while (waiting.Count > 0)
        {
            readable.Clear();
            readable.AddRange(waiting.Keys);
            Socket.Select(readable, null, null, -1);
            foreach (var socket in readable)
            {
                if (waiting[socket].Receive() is not { } time) continue;
                took.Add(time);
                if (goesOn()) waiting[socket].Send();
                else waiting.Remove(socket);
            }
        }

        return took;
    }

    /// <summary>Text that packs about as well as mail does: words, not one letter many times.</summary>
    static string Prose(int length)
    {
        var random = new Random(7);
        var text = new StringBuilder(length + 16);
        while (text.Length < length) text.Append(Words[random.Next(Words.Length)]).Append(random.Next(100)).Append(' ');
        return text.ToString(0, length);
    }
}
