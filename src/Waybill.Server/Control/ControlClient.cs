using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Extensions;
using Waybill.Books.Verbs;
using Waybill.Server.Configuration;

namespace Waybill.Server.Control;

/// <summary>Asks the server that holds a data folder to run a verb.</summary>
internal static class ControlClient
{
    public static async Task<VerbAnswer> AskAsync(
        string dataPath, Verb verb, IReadOnlyList<KeyValuePair<string, string>> values, byte[] file, CancellationToken cancellationToken)
    {
        using var http =
            new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectCallback = (_, stop) => ConnectAsync(dataPath, stop) })
            {
                Timeout = Timeout.InfiniteTimeSpan, // to read a large database takes minutes
            };
        using var content = new ByteArrayContent(file);
        var url = $"http://localhost{ControlRoutes.Prefix}/{verb.Name.Replace(' ', '/')}{new QueryBuilder(values).ToQueryString()}";
        try
        {
            using var answer = await http.PostAsync(new Uri(url), content, cancellationToken);
            return answer.IsSuccessStatusCode
                ? (await answer.Content.ReadFromJsonAsync(ControlJson.Default.VerbAnswer, cancellationToken))!
                : VerbAnswer.Refuse(
                    $"The running server answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
        catch (Exception refused) when (refused is WrongSettingsException || refused.InnerException is WrongSettingsException)
        {
            return VerbAnswer.Refuse((refused as WrongSettingsException ?? refused.InnerException!).Message);
        }
        catch (HttpRequestException away)
        {
            return VerbAnswer.Refuse($"A server holds the data folder, but its control socket does not answer: {away.Message}");
        }
    }

    static async ValueTask<Stream> ConnectAsync(string dataPath, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(ControlSocket.PathFor(dataPath)), cancellationToken);
            ControlSocket.MustBeServerOf(dataPath, socket);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
