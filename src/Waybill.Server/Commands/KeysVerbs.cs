using System.Globalization;
using Waybill.Books.Verbs;
using Waybill.Engine.Audit;
using Waybill.Engine.Keys;
using Waybill.Engine.Secrets;
using Waybill.Engine.Tenancy;

namespace Waybill.Server.Commands;

/// <summary><c>waybill keys create|list|revoke|rotate-master</c>.</summary>
internal static class KeysVerbs
{
    public static IReadOnlyList<Verb> All { get; } =
    [
        new("keys create", "Makes a key and shows it, once.", CreateAsync)
        {
            Parameters =
            [
                new VerbParameter.Option("name", "What the key is called.") { Default = "from the command line" },
                new VerbParameter.Option("tenant", "Whose key it is; a tenant of a new name is made.") { Default = Tenants.First },
                new VerbParameter.Flag("instance", "A key for the whole instance, which names its tenant in each request."),
                new VerbParameter.Option(
                    "scope", $"What it may do: {string.Join(", ", Scope.All)}.") { Default = Scope.Full, IsList = true },
            ],
        },
        new("keys list", "Lists the keys that work.", ListAsync),
        new(
            "keys revoke", "Revokes a key.",
            RevokeAsync) { Parameters = [new VerbParameter.Argument("id", "The key's id, from the list.")] },
        new(
            "keys rotate-master", "Puts a new master key in place of the one that secrets are sealed with, while a server runs.",
            RotateMasterAsync)
        {
            OutlivesCaller = true, // asking again does no harm
        },
    ];

    static async Task<VerbAnswer> CreateAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var (name, tenant) = (call["name"]!, call.Has("instance") ? null : call["tenant"]);
        var scopes = call.Values["scope"].ToList();
        if (scopes.Find(scope => !Scope.All.Contains(scope)) is { } unknown)
            return VerbAnswer.Refuse($"There is no scope '{unknown}'; there are {string.Join(", ", Scope.All)}.");
        if (!ApiKeys.CanBeCalled(name))
            return VerbAnswer.Refuse(
                $"'{name.ReplaceLineEndings(" ")}' cannot be a key's name: 1 to 100 characters, not all blank, no control characters.");
        if (tenant is not null && !Tenants.CanBeCalled(tenant))
            return VerbAnswer.Refuse($"'{tenant}' cannot be a tenant's name: 1 to 64 letters, digits, dots, dashes.");
        var owner = tenant is null ? null : await call.Services.GetRequiredService<Tenants>().EnsureAsync(tenant, cancellationToken);
        var made = await Keys(call).CreateAsync(owner?.Id, name, scopes, cancellationToken);
        await NoteAsync(call, owner?.Id, "keys.create", $"{name}: {string.Join(' ', scopes)}, {made.Key.Id}");
        return VerbAnswer.Say([made.Secret], notes: $"Key {made.Key.Id}. It is shown this once; keep it where secrets are kept.\n");
    }

    static async Task<VerbAnswer> ListAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var names = (await call.Services.GetRequiredService<Tenants>().ListAsync(cancellationToken)).ToDictionary(
            tenant => tenant.Id, tenant => tenant.Name);
        return VerbAnswer.Say((await Keys(call).ListAsync(tenant: null, cancellationToken)).Select(key => Line(key, names)));
    }

    static string Line(ApiKey key, Dictionary<TenantId, string> names)
    {
        var tenant = key.Tenant is { } id ? names.GetValueOrDefault(id) : null;
        var scopes = string.Join(' ', key.Scopes);
        return $"{key.Id}  {tenant ?? "(instance)",-16}  {scopes,-12}  {key.CreatedAt:yyyy-MM-dd}  last used {Day(key.LastUsedAt)}  "
            + $"{key.Name}";
    }

    static async Task<VerbAnswer> RevokeAsync(VerbCall call, CancellationToken cancellationToken)
    {
        if (!ApiKeyId.TryParse(call["id"], null, out var id))
            return VerbAnswer.Refuse($"'{call["id"]}' is not a key's id; waybill keys list shows them.");
        var owner = (await Keys(call).ListAsync(tenant: null, cancellationToken)).FirstOrDefault(key => key.Id == id)?.Tenant;
        if (!await Keys(call).RevokeAsync(id, cancellationToken)) return VerbAnswer.Refuse($"There is no key {id} that works.");
        await NoteAsync(call, owner, "keys.revoke", $"{id}");
        return VerbAnswer.Note($"Key {id} is revoked.");
    }

    static async Task<VerbAnswer> RotateMasterAsync(VerbCall call, CancellationToken cancellationToken)
    {
        switch (await call.Services.GetRequiredService<MasterKeyRotation>().RunAsync(cancellationToken))
        {
            case Rotation.Done done:
                await NoteAsync(call, tenant: null, "keys.rotate_master", $"{done.SealedAnew} values sealed anew");
                return VerbAnswer.Say(Sentences(done));
            case Rotation.Waiting(var nodes):
                return VerbAnswer.Refuse(
                    $"These nodes do not have the new master key: {string.Join(", ", nodes)}. Copy the file with both keys to each of "
                        + $"them, or set "
                    + "WAYBILL_MASTER_KEY to the new key, a comma and the old one and start them again; then run this again. Until then "
                    + "all goes on under the old key.");
            case Rotation.Refused(var sentence):
                return VerbAnswer.Refuse(sentence);
            case var other:
                throw new System.Diagnostics.UnreachableException($"No answer for {other.GetType().Name}.");
        }
    }

    static IEnumerable<string> Sentences(Rotation.Done done)
    {
        yield return done.File is { } file
            ? $"The master key is a new one. It lies in {file}: keep a copy where you keep keys, and copy it to nodes that have a file of "
                + $"their own."
            : "All that is sealed here is under the first key of WAYBILL_MASTER_KEY; the others can go.";
        yield return $"{done.SealedAnew} values were sealed anew.";
        if (done.Locked > 0) yield return $"{done.Locked} values open with no key that there is, and were left as they are.";
        yield return "A backup from before opens with the old master key alone: keep that for as long as you keep the backup.";
    }

    static ApiKeys Keys(VerbCall call) => call.Services.GetRequiredService<ApiKeys>();

    /// <summary>It is done: it is written down though nobody waits any more.</summary>
    static Task NoteAsync(VerbCall call, TenantId? tenant, string act, string what) =>
        call.Services.GetRequiredService<AuditTrail>()
            .NoteAsync(Actor.CommandLine, tenant, act, what, isDone: true, CancellationToken.None);

    static string Day(DateTimeOffset? at) =>
        at is { } day ? day.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) : "never";
}
