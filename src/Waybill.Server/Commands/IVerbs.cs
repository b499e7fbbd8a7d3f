using Waybill.Engine.Keys;
using Waybill.Engine.Messages;

namespace Waybill.Server.Commands;

/// <summary>
/// What the command line can ask for. With a server at work on the same data folder it is asked over its control socket; without one the
/// verb opens the database itself.
/// </summary>
internal interface IVerbs : IAsyncDisposable
{
    /// <summary>Makes a key for a tenant, or for the whole instance when <paramref name="tenant"/> is null.</summary>
    Task<VerbAnswer<MadeKey>> CreateKeyAsync(string? tenant, string name, IReadOnlyList<string> scopes, CancellationToken cancellationToken);

    /// <summary>All keys that work.</summary>
    Task<VerbAnswer<IReadOnlyList<ListedKey>>> ListKeysAsync(CancellationToken cancellationToken);

    /// <summary>Revokes a key.</summary>
    Task<VerbAnswer<bool>> RevokeKeyAsync(ApiKeyId id, CancellationToken cancellationToken);

    /// <summary>The bytes of a message, composed again from its snapshot and proved by their hash.</summary>
    Task<VerbAnswer<RenderedMessage>> RenderAsync(MessageId id, CancellationToken cancellationToken);

    /// <summary>Composes a templated message anew and says what differs from what was sent.</summary>
    /// <param name="id">The message.</param>
    /// <param name="current">Whether with template and brand as they are now.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<VerbAnswer<Difference>> RecomposeAsync(MessageId id, bool current, CancellationToken cancellationToken);

    /// <summary>Sends a test message now and tells what the relay said.</summary>
    Task<VerbAnswer<TestReport>> SendTestAsync(string to, string? from, CancellationToken cancellationToken);

    /// <summary>Puts a new master key in place of the one there is, or goes on with that.</summary>
    Task<VerbAnswer<RotationReport>> RotateMasterKeyAsync(CancellationToken cancellationToken);

    /// <summary>Goes through the audit and says whether it is what was appended.</summary>
    Task<VerbAnswer<AuditReport>> VerifyAuditAsync(CancellationToken cancellationToken);

    /// <summary>Goes through the database and the audit and says whether both are what was written.</summary>
    Task<VerbAnswer<VerifyReport>> VerifyAsync(CancellationToken cancellationToken);

    /// <summary>Takes a file into a book, or only says what would become of it.</summary>
    Task<VerbAnswer<ImportReport>> ImportAsync(string book, string forWhom, bool isRehearsal, byte[] file, CancellationToken cancellationToken);

    /// <summary>Makes a link by which somebody chooses a new password.</summary>
    Task<VerbAnswer<MadeLink>> MakeResetLinkAsync(string email, CancellationToken cancellationToken);
}

/// <summary>The answer to a verb, or a sentence that says why there is none.</summary>
internal sealed record VerbAnswer<T>(T? Value, string? Problem)
{
    public static VerbAnswer<T> Of(T value) => new(value, null);

    public static VerbAnswer<T> Refused(string problem) => new(default, problem);
}

/// <summary>A key that was made; the secret is seen here and never again.</summary>
internal sealed record MadeKey(ApiKeyId Id, string Secret);

/// <summary>A key in the list.</summary>
internal sealed record ListedKey(ApiKeyId Id, string? Tenant, string Name, string Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

/// <summary>A message's bytes, proved by the hash that was recorded before they were handed over; <paramref name="IsMasked"/>: but for secret values.</summary>
internal sealed record RenderedMessage(byte[] Bytes, string Sha256, [property: System.Text.Json.Serialization.JsonPropertyName("masked")] bool IsMasked);

/// <summary>What differs between a message and its new composition; empty when nothing does.</summary>
internal sealed record Difference(string Text);

/// <summary>A link that was made; it is seen here and never again.</summary>
internal sealed record MadeLink(string Email, string Url, DateTimeOffset ExpiresAt);

/// <summary>What came of a rotation of the master key.</summary>
internal sealed record RotationReport(IReadOnlyList<string> Sentences);

/// <summary>What came of an import.</summary>
internal sealed record ImportReport(IReadOnlyList<string> Lines);

/// <summary>What came of a test.</summary>
internal sealed record TestReport(MessageId Id, string Status, string? Reason, string? Dialogue);
