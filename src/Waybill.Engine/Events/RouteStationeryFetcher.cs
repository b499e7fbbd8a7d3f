using Waybill.Engine.Catalogue;
using Waybill.Engine.Clearing;
using Waybill.Engine.Composing;
using Waybill.Engine.Tenancy;
using Waybill.Templates;

namespace Waybill.Engine.Events;

/// <summary>Fetches what the mails of routes are written on: template, brand, sender, and who may send as whom.</summary>
internal sealed class RouteStationeryFetcher(TemplateStore templates, MailWriter writer, SenderGate senders)
{
    public async Task<RouteStationery> FetchAsync(TenantId tenant, RouteMailKind kind, CancellationToken cancellationToken)
    {
        var template = await templates.FindPublishedAsync(tenant, kind.Template, cancellationToken);
        IReadOnlyList<TemplateVariable> secrets = [.. template?.Content.Variables.Where(variable => variable.IsSecret) ?? []];
        var (on, refusal) = await writer.FetchAsync(tenant, kind.Template, kind.Brand, cancellationToken);
        if (on is null) return new(secrets, mail => MailWriter.Refusal(mail) ?? refusal!, _ => null);
        var mayNot = await senders.OfRoutesAsync(tenant, kind.Stream, on.Brand.Relay, cancellationToken);
        return new(secrets, mail => MailWriter.Refusal(mail) ?? writer.Write(tenant, mail, on), message => mayNot(message.From.Address));
    }
}
