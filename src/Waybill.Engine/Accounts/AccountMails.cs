using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Accepting;
using Waybill.Engine.Audit;
using Waybill.Engine.Composing;
using Waybill.Engine.Messages;
using Waybill.Engine.Routing;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Accounts;

/// <summary>
/// Mails about accounts. They are the instance's, whichever tenant they are about: no template, brand or relay of a tenant, the first one
/// included, has a part in a link that makes or opens an account. The first tenant's journal has them, with the link masked.
/// </summary>
internal sealed partial class AccountMails(
    MailWriter writer, Tenants tenants, MessageIntake intake, TimeProvider clock, ILogger<AccountMails> log)
{
    const int LongestName = 100;

    /// <summary>Whose journal has them.</summary>
    public async Task<TenantId> OwnerAsync(CancellationToken cancellationToken) =>
        (await tenants.EnsureAsync(Tenants.First, cancellationToken)).Id;

    /// <summary>The invitation; its link is in what is sent and in nothing that is kept.</summary>
    public Task<Writing> InviteAsync(
        AccountLink link, string place, string inviter, string language, string url, CancellationToken cancellationToken) => WriteAsync(
        "accounts.invite",
        link.Email!,
        language,
        new() { ["name"] = Short(link.Name), ["inviter"] = Short(inviter), ["place"] = place, ["url"] = url },
        cancellationToken);

    /// <summary>The link by which a new password is chosen.</summary>
    public Task<Writing> ResetAsync(Person person, string url, CancellationToken cancellationToken) => WriteAsync(
        "accounts.reset", person.Email, person.Language, new() { ["name"] = Short(person.Name), ["url"] = url }, cancellationToken);

    /// <summary>
    /// Tells somebody that ten wrong codes were given for their account. What keeps the mail from being written keeps nobody from signing
    /// in.
    /// </summary>
    public async Task TellOfCodesAsync(
        IDatabase database, Person person, string address, string resetUrl, CancellationToken cancellationToken)
    {
        var writing =
            await WriteAsync("accounts.wrong-codes", person.Email, person.Language, Facts(person, address, resetUrl), cancellationToken);
        var reason = writing is Writing.Written(var message) ? intake.Refusal([message])?.Sentence : ((Writing.Refused)writing).Sentence;
        if (reason is not null)
        {
            LogUntold(person.Id, reason);
            return;
        }

        var owner = await OwnerAsync(cancellationToken);
        var cleared = await database.WriteAsync(
            "tell of codes",
            session => MessageIntake.AppendAsync(session, [intake.Take(owner, ((Writing.Written)writing).Message, mayBeInline: false)]),
            CancellationToken.None);
        intake.Wake(cleared);
    }

    /// <summary>
    /// Lets the mail that says so go along with an account whose password changes: nobody who changes it can keep it from being sent. What
    /// keeps it from being written keeps no password from being changed.
    /// </summary>
    /// <returns>What is to be done after COMMIT: it wakes those who deliver.</returns>
    public async Task<Action> TellOfPasswordAsync(Account account, string address, string resetUrl, CancellationToken cancellationToken)
    {
        var (message, reason) = await WriteOfPasswordAsync(account.Person, address, resetUrl, cancellationToken) switch
        {
            Writing.Written(var written) => (written, intake.Refusal([written])?.Sentence),
            var refused => (null, ((Writing.Refused)refused).Sentence),
        };
        if (reason is null) return GoAlong(account, intake.Take(await OwnerAsync(cancellationToken), message!, mayBeInline: false));
        LogUnwritten(account.Id, reason);
        return () => { };
    }

    Action GoAlong(Account account, AcceptedMessage message)
    {
        IReadOnlyList<ClearedMessage> cleared = [];
        account.With(async session => cleared = await MessageIntake.AppendAsync(session, [message]));
        return () => intake.Wake(cleared);
    }

    Task<Writing> WriteOfPasswordAsync(Person person, string address, string resetUrl, CancellationToken cancellationToken) =>
        WriteAsync("accounts.password-changed", person.Email, person.Language, Facts(person, address, resetUrl), cancellationToken);

    JsonObject Facts(Person person, string address, string resetUrl) => new()
    {
        ["name"] = Short(person.Name),
        ["at"] = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["where"] = address,
        ["reset_url"] = resetUrl,
    };

    async Task<Writing> WriteAsync(
        string template, string email, string language, JsonObject data,
        CancellationToken cancellationToken) => await writer.WriteForInstanceAsync(
        await OwnerAsync(cancellationToken),
        new TemplatedMail
        {
            Template = template,
            Locale = language,
            Data = JsonSerializer.SerializeToElement(data),
            Stream = Streams.Accounts.Name,
            Recipients = [new Recipient(0, RecipientKind.To, new Mailbox(null, Address.Parse(email)))],
        },
        cancellationToken);

    /// <summary>Nobody's name makes a subject of ten thousand characters.</summary>
    internal static string Short(string? name)
    {
        var runes = (name ?? "").EnumerateRunes().Take(LongestName + 1).ToList();
        var shown = string.Concat(runes.Take(LongestName));
        return runes.Count > LongestName ? shown + "…" : shown;
    }

    [LoggerMessage(2922, LogLevel.Error, "Nobody tells {Person} by mail that ten wrong codes were given: {Reason}")]
    partial void LogUntold(PersonId person, string reason);

    [LoggerMessage(2921, LogLevel.Error, "Nobody tells {Person} by mail that their password was changed: {Reason}")]
    partial void LogUnwritten(PersonId person, string reason);
}
