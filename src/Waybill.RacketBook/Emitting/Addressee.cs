using Waybill.Mime.Addresses;
using Waybill.RacketBook.Clients;

namespace Waybill.RacketBook.Emitting;

/// <summary>Who an emit goes to: a pure function of its kind, the client and the settings (facts §5.2).</summary>
public abstract record Addressee
{
    private Addressee() { }

    /// <summary>To an address; there is never a second one.</summary>
    public sealed record To(Mailbox Mailbox) : Addressee;

    /// <summary>To nobody.</summary>
    /// <param name="Reason"><c>no_address</c>, <c>self_job</c> or <c>re_emit_not_mailed</c>.</param>
    public sealed record Nobody(string Reason) : Addressee;

    /// <summary>To what is no address; it fails, and shows what stands there.</summary>
    public sealed record Unusable(string Text) : Addressee;

    /// <summary>What the log keeps of it.</summary>
    public string? EmailTo => this switch
    {
        To(var mailbox) => mailbox.Address.ToString(),
        Unusable(var text) => text,
        _ => null,
    };

    /// <summary>Chooses.</summary>
    public static Addressee Of(EmitKind kind, Client client, ReceiptSettings settings)
    {
        if (client.IsSelf && !kind.IsAskedFor()) return new Nobody("self_job");
        if (string.IsNullOrWhiteSpace(client.Person.Email)) return new Nobody("no_address");
        if (kind == EmitKind.AutoReEmit && !settings.MailOnReEmit) return new Nobody("re_emit_not_mailed");
        return Address.TryParse(client.Person.Email.Trim(), out var address, out _)
            ? new To(new Mailbox(client.Person.Name, address))
            : new Unusable(client.Person.Email.Trim());
    }
}
