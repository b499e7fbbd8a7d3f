using Waybill.Engine.Brands;
using Waybill.Engine.Routing;
using Waybill.Engine.Tenancy;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Clearing;

/// <summary>Who decided what a message says, and so whom it may come from.</summary>
internal enum Author
{
    /// <summary>The tenant: it posted the message, or has a route that writes it.</summary>
    Tenant,

    /// <summary>
    /// The program: a mail of a book, of an account, or a test to whoever asks for it. It comes from the default sender's address.
    /// </summary>
    Program,
}

/// <summary>Who may send as whom by a relay of the instance (ADR 20). Pure.</summary>
internal static class SenderRule
{
    /// <summary>
    /// The author of a message. No caller of the API can post to a stream of the program's own, but by a route, which names its event.
    /// </summary>
    public static Author AuthorOf(string stream, Guid? causedBy) =>
        causedBy is null && stream != Streams.Api.Name ? Author.Program : Author.Tenant;

    /// <summary>Why not, in a sentence; null: it may.</summary>
    public static string? Objection(Tenant? tenant, Address from, Author author, DefaultSender standard)
    {
        if (tenant?.Senders.Covers(from) ?? false) return null;
        if (author == Author.Program && from == standard.From.Address) return null;
        return $"The {from.UnicodeDomain} domain is not granted to the tenant {tenant?.Name}: it may not send from it by a relay of this "
            + $"instance. "
            + "Ask the operator of the instance to grant it (Sender domains in the settings of the tenant), or send by a relay of your "
            + "own.";
    }
}
