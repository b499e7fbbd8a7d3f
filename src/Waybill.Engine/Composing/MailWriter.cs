using System.Text.Json;
using Waybill.Engine.Brands;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Clearing;
using Waybill.Engine.Journal;
using Waybill.Engine.Relays;
using Waybill.Engine.Routing;
using Waybill.Engine.Secrets;
using Waybill.Engine.Suppression;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;
using Waybill.Templates;

namespace Waybill.Engine.Composing;

/// <summary>
/// Writes mails from templates: what a message will say is fixed here, before it is accepted, so that nobody who changes the template, the
/// brand or the program later changes the message. Who writes within a unit of work fetches before it (<see cref="FetchAsync"/>).
/// </summary>
public sealed class MailWriter(
    TemplateStore templates, AccountTemplates accounts, CompiledTemplates compiled, BrandBook brands, UnnamedBrand unnamed,
    BrandSender senders, Tenants tenants, StreamTable streams, UnsubscribeLinks links, DataKeys keys, TimeProvider clock)
{
    /// <summary>Writes a mail, or says why it cannot be written.</summary>
    public async Task<Writing> WriteAsync(TenantId tenant, TemplatedMail mail, CancellationToken cancellationToken)
    {
        if (Refusal(mail) is { } refused) return refused;
        var (stationery, refusal) = await FetchAsync(tenant, mail.Template, mail.Brand, cancellationToken);
        return stationery is null ? refusal! : Write(tenant, mail, stationery);
    }

    /// <summary>Why a mail of a tenant is not written, whatever it is written on; null: it may be.</summary>
    internal static Writing.Refused? Refusal(TemplatedMail mail) => mail switch
    {
        { Data.ValueKind: not JsonValueKind.Object } => new("variables", "The variables must be a JSON object."),
        _ when mail.Stream == Streams.Accounts.Name =>
            new("stream", $"The stream {mail.Stream} is for Waybill's own mails about accounts: name another."),
        _ => null,
    };

    /// <summary>
    /// Writes a mail about an account: by the template that came with the program, in the name of the settings, to be sent by the relay of
    /// the settings. What tenants wrote, the first one included, has no part in it, for the mail's link makes or opens somebody's account.
    /// </summary>
    /// <param name="journal">The tenant whose journal has it.</param>
    /// <param name="mail">What is written; its brand does not count.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Writing> WriteForInstanceAsync(TenantId journal, TemplatedMail mail, CancellationToken cancellationToken)
    {
        if (await templates.FindPublishedAsync(TenantId.Everybody, mail.Template, cancellationToken) is not { } version)
            return await MissingAsync(TenantId.Everybody, mail.Template, cancellationToken);
        var brand = unnamed.Of(journal);
        return Write(journal, mail, new(version, brand, await senders.ForAsync(journal, brand, cancellationToken), TimeZoneInfo.Utc));
    }

    /// <summary>
    /// Fetches what a mail is written on, or says what is missing. Who writes within a unit of work fetches before it: there it would need
    /// a second connection while it holds the first.
    /// </summary>
    public async Task<(Stationery? Stationery, Writing.Refused? Refusal)> FetchAsync(
        TenantId tenant, string template, string? brandName, CancellationToken cancellationToken)
    {
        if (await templates.FindPublishedAsync(tenant, template, cancellationToken) is not { } version)
            return (null, await MissingAsync(tenant, template, cancellationToken));
        if (accounts.Has(version.Name)) return (null, new Writing.Refused("reserved", AccountTemplates.Sentence(version.Name)));
        var brand = await brands.FindAsync(tenant, brandName, cancellationToken) ?? (brandName is null ? unnamed.Of(tenant) : null);
        if (brand is null) return (null, new Writing.Refused("brand", $"There is no brand `{brandName}`."));
        var zone = (await tenants.FindAsync(tenant, cancellationToken))?.TimeZone ?? "UTC";
        return (new(version, brand, await senders.ForAsync(tenant, brand, cancellationToken), TimeZoneInfo.FindSystemTimeZoneById(zone)),
            null);
    }

    /// <summary>Writes a mail on what was fetched for its template and brand; it reads nothing.</summary>
    public Writing Write(TenantId tenant, TemplatedMail mail, Stationery on)
    {
        var text = LocaleChoice.Pick(on.Version.Content, mail.Locale, on.Brand.Identity.Locale);
        var (template, broken) = compiled.Find(on.Version, text);
        if (template is null) return new Writing.Refused("template", broken!);
        var options = new RenderOptions(text.Locale, on.Zone) { UnsubscribeUrl = UnsubscribeUrl(tenant, mail) };
        return Write(tenant, mail, on.Version, on.Brand, new Filling(template, BrandFaces.Of(on.Brand), options, mail.Subject), on.Sender);
    }

    Writing Write(TenantId tenant, TemplatedMail mail, PublishedVersion version, Brand brand, Filling filling, SenderChoice sender)
    {
        var secrets = version.Content.Variables.Where(variable => variable.IsSecret).ToList();
        IReadOnlyList<string> paths = [.. secrets.Select(variable => variable.Path), .. mail.SecretPaths];
        var (shown, hasSecrets) = Masked.Mask(mail.Data, paths);
        if (hasSecrets && filling.Template.ObjectionTo(paths) is { } objection)
            return new Writing.Refused("variables", $"The template {version.Name} gives a secret away: {objection}");
        var (parts, refusal) = filling.With(shown);
        if (parts is null) return new Writing.Refused("variables", refusal!);
        var (whole, refusalOfWhole) = hasSecrets ? filling.With(mail.Data) : (parts, null);
        if (whole is null) return new Writing.Refused("variables", refusalOfWhole!);
        var origin = new MessageOrigin(
            version.Name, version.Id, version.Number, brand.Id.Value, brand.Version, filling.Options.Locale, shown)
        { Subject = mail.Subject, HasSecrets = hasSecrets };
        return new Writing.Written(Message(mail, version, brand, parts, sender) with
        {
            Origin = origin,
            Sealed = hasSecrets ? SealedParts.Seal(keys, tenant, whole, clock.GetUtcNow() + Lifetime(secrets) + Delay(mail)) : null,
        });
    }

    /// <summary>The same link that the header will have.</summary>
    string? UnsubscribeUrl(TenantId tenant, TemplatedMail mail) =>
        streams.TryFind(mail.Stream) is { OffersUnsubscribe: true } && mail.Recipients is [var only]
            ? links.For(tenant, mail.Stream, only.Mailbox.Address.ToString())
            : null;

    /// <summary>The shortest lifetime counts, from the time at which the mail is to be sent.</summary>
    static TimeSpan Lifetime(List<TemplateVariable> secrets) =>
        secrets.Select(variable => variable.Lifetime ?? SealedParts.StandardLifetime)
        .DefaultIfEmpty(SealedParts.StandardLifetime).Min();

    TimeSpan Delay(TemplatedMail mail) => mail.ScheduledAt is { } at && at > clock.GetUtcNow() ? at - clock.GetUtcNow() : TimeSpan.Zero;

    static NewMessage Message(TemplatedMail mail, PublishedVersion version, Brand brand, MessageParts parts, SenderChoice sender) => new()
    {
        From = mail.From ?? (version.Content.From is { } from ? Mailbox.Parse(from) : Sender(mail, sender)),
        Recipients = mail.Recipients,
        Stream = mail.Stream,
        ReplyTo = ReplyTo(mail, version, sender),
        Subject = parts.Subject,
        Text = parts.Text,
        Html = parts.Html,
        Headers = mail.Headers,
        Tags = mail.Tags,
        Attachments = [.. mail.Attachments, .. LogoOf(parts, brand)],
        ScheduledAt = mail.ScheduledAt,
        EventId = mail.CausedBy,
        RelayId = brand.Relay,
    };

    static Mailbox Sender(TemplatedMail mail, SenderChoice sender) =>
        SenderRule.AuthorOf(mail.Stream, mail.CausedBy) == Author.Program ? sender.ProgramFrom : sender.From;

    static IReadOnlyList<Mailbox> ReplyTo(TemplatedMail mail, PublishedVersion version, SenderChoice sender)
    {
        if (mail.ReplyTo.Count > 0) return mail.ReplyTo;
        if (version.Content.ReplyTo.Count > 0) return [.. version.Content.ReplyTo.Select(Mailbox.Parse)];
        return sender.ReplyTo is { } address ? [address] : [];
    }

    /// <summary>The logo, where the mail shows it.</summary>
    internal static IReadOnlyList<NewAttachment> LogoOf(MessageParts parts, Brand brand) =>
        UsesLogo(parts) && brand.Logo is { } logo ? [Attached(logo)] : [];

    static bool UsesLogo(MessageParts parts) => parts.Html?.Contains("cid:" + BrandFaces.LogoContentId, StringComparison.Ordinal) ?? false;

    static NewAttachment Attached(Logo logo) =>
        new(logo.ContentType == "image/png" ? "logo.png" : "logo.jpg", logo.ContentType, BrandFaces.LogoContentId, logo.Hash, logo.Size);

    async Task<Writing.Refused> MissingAsync(TenantId tenant, string template, CancellationToken cancellationToken) => new(
        "template",
        await templates.FindAsync(tenant, template, cancellationToken) is null
            ? $"There is no template `{template}`."
            : $"The template `{template}` was never published; publish it first.");

    /// <summary>One template with all but its values.</summary>
    readonly record struct Filling(CompiledTemplate Template, BrandFace Face, RenderOptions Options, string? Subject)
    {
        public (MessageParts? Parts, string? Refusal) With(JsonElement data) => Template.Render(data, Face, Options) switch
        {
            Rendering.Rendered(var subject, var html, var text) => (new(Subject ?? subject, text, html), null),
            Rendering.Refused(var line, var column, var message) =>
                (null, $"The template cannot be filled with these variables: {message} (line {line}, column {column})"),
            var other => throw new System.Diagnostics.UnreachableException($"No rule for {other.GetType().Name}."),
        };
    }
}
