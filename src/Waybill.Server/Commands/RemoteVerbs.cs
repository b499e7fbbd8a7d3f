using System.Net.Sockets;
using System.Text.Json.Serialization.Metadata;
using Waybill.Engine.Keys;
using Waybill.Engine.Messages;
using Waybill.Server.Configuration;
using Waybill.Server.Control;

namespace Waybill.Server.Commands;

/// <summary>The verbs, asked of the server that holds the data folder.</summary>
internal sealed class RemoteVerbs : IVerbs
{
    readonly HttpClient http;

    public RemoteVerbs(string dataPath) => http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
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
        },
    })
    {
        BaseAddress = new Uri("http://localhost" + ControlRoutes.Prefix + "/"),
        Timeout = TimeSpan.FromMinutes(3),
    };

    public Task<VerbAnswer<MadeKey>> CreateKeyAsync(string? tenant, string name, IReadOnlyList<string> scopes, CancellationToken cancellationToken) =>
        AskAsync(
            http.PostAsJsonAsync("keys", new NewKeyRequest(tenant, name, scopes), ControlJson.Default.NewKeyRequest, cancellationToken),
            ControlJson.Default.VerbAnswerMadeKey,
            cancellationToken);

    public Task<VerbAnswer<IReadOnlyList<ListedKey>>> ListKeysAsync(CancellationToken cancellationToken) =>
        AskAsync(http.GetAsync("keys", cancellationToken), ControlJson.Default.VerbAnswerIReadOnlyListListedKey, cancellationToken);

    public Task<VerbAnswer<bool>> RevokeKeyAsync(ApiKeyId id, CancellationToken cancellationToken) =>
        AskAsync(http.DeleteAsync($"keys/{id}", cancellationToken), ControlJson.Default.VerbAnswerBoolean, cancellationToken);

    public Task<VerbAnswer<RenderedMessage>> RenderAsync(MessageId id, CancellationToken cancellationToken) =>
        AskAsync(http.GetAsync($"render/{id}", cancellationToken), ControlJson.Default.VerbAnswerRenderedMessage, cancellationToken);

    public Task<VerbAnswer<Difference>> RecomposeAsync(MessageId id, bool current, CancellationToken cancellationToken) =>
        AskAsync(http.GetAsync($"render/{id}/again?current={(current ? "true" : "false")}", cancellationToken), ControlJson.Default.VerbAnswerDifference, cancellationToken);

    public Task<VerbAnswer<TestReport>> SendTestAsync(string to, string? from, CancellationToken cancellationToken) => AskAsync(
        http.PostAsJsonAsync("send-test", new TestRequest(to, from), ControlJson.Default.TestRequest, cancellationToken),
        ControlJson.Default.VerbAnswerTestReport,
        cancellationToken);

    public Task<VerbAnswer<RotationReport>> RotateMasterKeyAsync(CancellationToken cancellationToken) =>
        AskAsync(http.PostAsync("master-key", content: null, cancellationToken), ControlJson.Default.VerbAnswerRotationReport, cancellationToken);

    public Task<VerbAnswer<AuditReport>> VerifyAuditAsync(CancellationToken cancellationToken) =>
        AskAsync(http.GetAsync("audit", cancellationToken), ControlJson.Default.VerbAnswerAuditReport, cancellationToken);

    public Task<VerbAnswer<VerifyReport>> VerifyAsync(CancellationToken cancellationToken)
    {
        http.Timeout = Timeout.InfiniteTimeSpan; // a large file takes minutes
        return AskAsync(http.GetAsync("verify", cancellationToken), ControlJson.Default.VerbAnswerVerifyReport, cancellationToken);
    }

    public async Task<VerbAnswer<ImportReport>> ImportAsync(string book, string forWhom, bool isRehearsal, byte[] file, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(file);
        var path = $"import/{Uri.EscapeDataString(book)}?for={Uri.EscapeDataString(forWhom)}&rehearsal={(isRehearsal ? "true" : "false")}";
        return await AskAsync(http.PostAsync(path, content, cancellationToken), ControlJson.Default.VerbAnswerImportReport, cancellationToken);
    }

    public Task<VerbAnswer<MadeLink>> MakeResetLinkAsync(string email, CancellationToken cancellationToken) => AskAsync(
        http.PostAsJsonAsync("people/reset", new ResetRequest(email), ControlJson.Default.ResetRequest, cancellationToken),
        ControlJson.Default.VerbAnswerMadeLink,
        cancellationToken);

    static async Task<VerbAnswer<T>> AskAsync<T>(Task<HttpResponseMessage> asking, JsonTypeInfo<VerbAnswer<T>> type, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await asking;
            return answer.IsSuccessStatusCode
                ? (await answer.Content.ReadFromJsonAsync(type, cancellationToken))!
                : VerbAnswer<T>.Refused($"The running server answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
        catch (Exception refused) when (refused is WrongSettingsException || refused.InnerException is WrongSettingsException)
        {
            return VerbAnswer<T>.Refused((refused as WrongSettingsException ?? refused.InnerException!).Message);
        }
        catch (HttpRequestException away)
        {
            return VerbAnswer<T>.Refused($"A server holds the data folder, but its control socket does not answer: {away.Message}");
        }
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }
}
