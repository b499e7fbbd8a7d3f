using Waybill.Engine.Keys;

namespace Waybill.Server.Commands;

/// <summary><c>waybill keys create|list|revoke|rotate-master</c>.</summary>
internal static class KeysCommand
{
    public static Task<int> CreateAsync(string? tenant, string name, IReadOnlyList<string> scopes, CancellationToken cancellationToken) => Terminal.RunAsync(
        verbs => verbs.CreateKeyAsync(tenant, name, scopes, cancellationToken),
        made =>
        {
            Console.Out.WriteLine(made.Secret);
            Console.Error.WriteLine($"Key {made.Id}. It is shown this once; keep it where secrets are kept.");
        },
        cancellationToken);

    public static Task<int> ListAsync(CancellationToken cancellationToken) => Terminal.RunAsync(
        verbs => verbs.ListKeysAsync(cancellationToken),
        keys =>
        {
            foreach (var key in keys)
                Console.Out.WriteLine($"{key.Id}  {key.Tenant ?? "(instance)",-16}  {key.Scopes,-12}  {key.CreatedAt:yyyy-MM-dd}  last used {Day(key.LastUsedAt)}  {key.Name}");
        },
        cancellationToken);

    public static Task<int> RevokeAsync(string id, CancellationToken cancellationToken) => ApiKeyId.TryParse(id, null, out var key)
        ? Terminal.RunAsync(verbs => verbs.RevokeKeyAsync(key, cancellationToken), _ => Console.Error.WriteLine($"Key {key} is revoked."), cancellationToken)
        : Terminal.RefuseAsync($"'{id}' is not a key's id; waybill keys list shows them.");

    public static Task<int> RotateMasterAsync(CancellationToken cancellationToken) => Terminal.RunAsync(
        verbs => verbs.RotateMasterKeyAsync(cancellationToken),
        report =>
        {
            foreach (var sentence in report.Sentences) Console.Out.WriteLine(sentence);
        },
        cancellationToken);

    static string Day(DateTimeOffset? at) => at is { } day ? day.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture) : "never";
}
