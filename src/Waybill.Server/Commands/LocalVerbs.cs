using Waybill.Engine.Accepting;
using Waybill.Engine.Accounts;
using Waybill.Engine.Composing;
using Waybill.Engine.Journal;
using Waybill.Engine.Keys;
using Waybill.Engine.Messages;
using Waybill.Engine.Routing;
using Waybill.Engine.Secrets;
using Waybill.Engine.Storage;
using Waybill.Engine.Storage.Sqlite;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;
using Waybill.Server.Admin.Access;
using Waybill.Server.Configuration;
using Waybill.Server.Hosting;
using Waybill.Server.Http;

namespace Waybill.Server.Commands;

/// <summary>The verbs against the database that this process has open.</summary>
internal sealed class LocalVerbs(
    Settings settings, ApiKeys keys, Tenants tenants, MessageJournal journal, Composer composer, Recomposing recomposing, Acceptor acceptor,
    AuditTrail trail, AuditCheck audit, IDatabase database, MasterKeyRotation rotation,
    PasswordResets resets, PublicAddress address, IServiceProvider services) : IVerbs
{
    public async Task<VerbAnswer<MadeKey>> CreateKeyAsync(string? tenant, string name, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        if (scopes.FirstOrDefault(scope => !Scope.All.Contains(scope)) is { } unknown)
            return VerbAnswer<MadeKey>.Refused($"There is no scope '{unknown}'; there are {string.Join(", ", Scope.All)}.");
        if (!ApiKeys.CanBeCalled(name)) return VerbAnswer<MadeKey>.Refused($"'{name.ReplaceLineEndings(" ")}' cannot be a key's name: 1 to 100 characters, not all blank, no control characters.");
        if (tenant is not null && !Tenants.CanBeCalled(tenant)) return VerbAnswer<MadeKey>.Refused($"'{tenant}' cannot be a tenant's name: 1 to 64 letters, digits, dots, dashes.");
        var owner = tenant is null ? null : await tenants.EnsureAsync(tenant, cancellationToken);
        var made = await keys.CreateAsync(owner?.Id, name, scopes, cancellationToken);
        await NoteAsync(owner?.Id, "keys.create", $"{name}: {string.Join(' ', scopes)}, {made.Key.Id}");
        return VerbAnswer<MadeKey>.Of(new(made.Key.Id, made.Secret));
    }

    public async Task<VerbAnswer<ImportReport>> ImportAsync(string book, string forWhom, bool isRehearsal, byte[] file, CancellationToken cancellationToken)
    {
        if (settings.Books.FirstOrDefault(one => one.Name == book) is not { ImportAsync: { } import })
            return VerbAnswer<ImportReport>.Refused($"There is no book '{book}' that takes a file.");
        var imported = await import(services, new(new MemoryStream(file, writable: false), forWhom, isRehearsal), cancellationToken);
        return imported.IsTaken ? VerbAnswer<ImportReport>.Of(new(imported.Lines)) : VerbAnswer<ImportReport>.Refused(string.Join('\n', imported.Lines));
    }

    public async Task<VerbAnswer<IReadOnlyList<ListedKey>>> ListKeysAsync(CancellationToken cancellationToken)
    {
        var names = (await tenants.ListAsync(cancellationToken)).ToDictionary(tenant => tenant.Id, tenant => tenant.Name);
        var all = await keys.ListAsync(tenant: null, cancellationToken);
        return VerbAnswer<IReadOnlyList<ListedKey>>.Of([.. all.Select(key => new ListedKey(
            key.Id, key.Tenant is { } tenant ? names.GetValueOrDefault(tenant) : null, key.Name, string.Join(' ', key.Scopes), key.CreatedAt, key.LastUsedAt))]);
    }

    public async Task<VerbAnswer<bool>> RevokeKeyAsync(ApiKeyId id, CancellationToken cancellationToken)
    {
        var owner = (await keys.ListAsync(tenant: null, cancellationToken)).FirstOrDefault(key => key.Id == id)?.Tenant;
        if (!await keys.RevokeAsync(id, cancellationToken)) return VerbAnswer<bool>.Refused($"There is no key {id} that works.");
        await NoteAsync(owner, "keys.revoke", $"{id}");
        return VerbAnswer<bool>.Of(true);
    }

    public async Task<VerbAnswer<RenderedMessage>> RenderAsync(MessageId id, CancellationToken cancellationToken)
    {
        if (await journal.FindAsync(tenant: null, id, cancellationToken) is not { } message
            || await journal.FindSnapshotAsync(tenant: null, id, cancellationToken) is not { } snapshot)
            return VerbAnswer<RenderedMessage>.Refused($"There is no message {id}.");
        if (snapshot.Composition is null)
            return VerbAnswer<RenderedMessage>.Refused($"Message {id} is {message.Status.Word()} and has not been composed yet; its bytes exist from its first attempt on.");
        try
        {
            var composed = await composer.ReplayAsync(message.HeaderId, snapshot, cancellationToken);
            return VerbAnswer<RenderedMessage>.Of(new(await composed.ReadAsync(cancellationToken), Convert.ToHexStringLower(composed.Hash), composed.IsMasked));
        }
        catch (InvalidDataException altered)
        {
            return VerbAnswer<RenderedMessage>.Refused(altered.Message);
        }
    }

    public async Task<VerbAnswer<Difference>> RecomposeAsync(MessageId id, bool current, CancellationToken cancellationToken)
    {
        if (await journal.FindSnapshotAsync(tenant: null, id, cancellationToken) is not { } snapshot) return VerbAnswer<Difference>.Refused($"There is no message {id}.");
        return await recomposing.ComposeAsync(snapshot, current, cancellationToken) switch
        {
            Recomposed.Done done => VerbAnswer<Difference>.Of(new(Describe(done))),
            Recomposed.Impossible(var sentence) => VerbAnswer<Difference>.Refused(sentence),
            var other => throw new System.Diagnostics.UnreachableException($"No answer for {other.GetType().Name}."),
        };
    }

    static string Describe(Recomposed.Done done) =>
        Part("subject", LineDifference.Of(done.Sent.Subject, done.Anew.Subject))
        + Part("text", LineDifference.Of(done.Sent.Text ?? "", done.Anew.Text ?? ""))
        + Part("html", LineDifference.OfHtml(done.Sent.Html ?? "", done.Anew.Html ?? ""));

    static string Part(string name, string difference) => difference.Length == 0 ? "" : $"=== {name}\n{difference}";

    public async Task<VerbAnswer<TestReport>> SendTestAsync(string to, string? from, CancellationToken cancellationToken)
    {
        if (!Mailbox.TryParse(to, out var recipient, out var problem)) return VerbAnswer<TestReport>.Refused($"'{to}' is not an address: {problem}");
        var sender = settings.From;
        if (from is not null && !Mailbox.TryParse(from, out sender, out problem)) return VerbAnswer<TestReport>.Refused($"'{from}' is not an address: {problem}");
        var tenant = await tenants.EnsureAsync(Tenants.First, cancellationToken);
        var test = new NewMessage
        {
            From = sender,
            Recipients = [new(0, RecipientKind.To, recipient)],
            Stream = Streams.Tests.Name,
            Subject = "A test from Waybill",
            Text = "This is a test message from Waybill. If you can read it, mail arrives.\n",
            Html = "<p>This is a test message from Waybill. If you can read it, mail arrives.</p>\n",
        };
        var acceptance = (Acceptance.Accepted)await acceptor.AcceptAsync(tenant.Id, apiKey: null, [test], key: null, _ => "");
        var standing = acceptance.Standings[0];
        if (standing.Status is MessageStatus.Sending or MessageStatus.Queued)
            return VerbAnswer<TestReport>.Refused($"Message {standing.Id} is not through yet: {standing.Reason ?? "it waits for its turn"}.");
        var attempts = await journal.AttemptsAsync(tenant: null, standing.Id, cancellationToken);
        return VerbAnswer<TestReport>.Of(new(standing.Id, standing.Status!.Value.Word(), standing.Reason, attempts.LastOrDefault()?.Dialogue));
    }

    public async Task<VerbAnswer<RotationReport>> RotateMasterKeyAsync(CancellationToken cancellationToken)
    {
        switch (await rotation.RunAsync(cancellationToken))
        {
            case Rotation.Done done:
                await NoteAsync(tenant: null, "keys.rotate_master", $"{done.SealedAnew} values sealed anew");
                return VerbAnswer<RotationReport>.Of(new([.. Sentences(done)]));
            case Rotation.Waiting(var nodes):
                return VerbAnswer<RotationReport>.Refused(
                    $"These nodes do not have the new master key: {string.Join(", ", nodes)}. Copy the file with both keys to each of them, or set WAYBILL_MASTER_KEY to the new "
                    + "key, a comma and the old one and start them again; then run this again. Until then all goes on under the old key.");
            case Rotation.Refused(var sentence):
                return VerbAnswer<RotationReport>.Refused(sentence);
            case var other:
                throw new System.Diagnostics.UnreachableException($"No answer for {other.GetType().Name}.");
        }
    }

    static IEnumerable<string> Sentences(Rotation.Done done)
    {
        yield return done.File is { } file
            ? $"The master key is a new one. It lies in {file}: keep a copy where you keep keys, and copy it to nodes that have a file of their own."
            : "All that is sealed here is under the first key of WAYBILL_MASTER_KEY; the others can go.";
        yield return $"{done.SealedAnew} values were sealed anew.";
        if (done.Locked > 0) yield return $"{done.Locked} values open with no key that there is, and were left as they are.";
        yield return "A backup from before opens with the old master key alone: keep that for as long as you keep the backup.";
    }

    public async Task<VerbAnswer<AuditReport>> VerifyAuditAsync(CancellationToken cancellationToken) =>
        VerbAnswer<AuditReport>.Of(AuditReport.Of(await audit.VerifyAsync(cancellationToken)));

    public async Task<VerbAnswer<VerifyReport>> VerifyAsync(CancellationToken cancellationToken)
    {
        var report = settings.PostgresConnection is null
            ? await Task.Run(() => VerifyReport.Of(Instance.FileOf(settings), SqliteIntegrity.LookThrough(Instance.FileOf(settings))), cancellationToken)
            : await VerifyPostgresAsync(cancellationToken);
        return VerbAnswer<VerifyReport>.Of(report.With(AuditReport.Of(await audit.VerifyAsync(cancellationToken))));
    }

    Task<VerifyReport> VerifyPostgresAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async session => VerifyReport.Of(
            await session.QueryAsync("SELECT conname FROM pg_constraint WHERE NOT convalidated ORDER BY conname", _ => { }, row => row.Text(0), cancellationToken),
            await session.FirstAsync(
                "SELECT CASE WHEN current_setting('data_checksums') = 'on' THEN checksum_failures ELSE -1 END FROM pg_stat_database WHERE datname = current_database()",
                _ => { }, row => row.Number(0), cancellationToken) is var failures and >= 0 ? failures : null),
        cancellationToken);

    public async Task<VerbAnswer<MadeLink>> MakeResetLinkAsync(string email, CancellationToken cancellationToken) =>
        await resets.MakeLinkAsync(email, cancellationToken) is { } made
            ? VerbAnswer<MadeLink>.Of(new(made.Person.Email, $"{address.Url}{ResetPages.Path}/{made.Secret}", made.ExpiresAt))
            : VerbAnswer<MadeLink>.Refused($"Nobody here has the address '{email.ReplaceLineEndings(" ")}'. As long as nobody owns this Waybill, each start prints a link that makes the owner.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>It is done: it is written down though nobody waits any more.</summary>
    Task NoteAsync(TenantId? tenant, string act, string what) => trail.NoteAsync(Actor.CommandLine, tenant, act, what, isDone: true, CancellationToken.None);
}
