using Waybill.Engine.Journal;
using Waybill.Engine.Messages;
using Waybill.Engine.Routing;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Specs.Databases;

/// <summary>A small email that can be sent.</summary>
internal static class Letter
{
    public static NewMessage To(params string[] recipients) => new()
    {
        From = Mailbox.Parse("Corner Shop <shop@example.com>"),
        Recipients = [.. recipients.Select((address, i) => new Recipient(i, RecipientKind.To, Mailbox.Parse(address)))],
        Stream = Streams.Api.Name,
        Subject = "Your order",
        Text = "Thank you.",
    };
}
