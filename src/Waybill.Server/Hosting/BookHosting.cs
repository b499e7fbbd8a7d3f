using Waybill.Books;
using Waybill.Engine.Composing;
using Waybill.Server.Admin;
using Waybill.Server.Admin.Access;
using Waybill.Server.Http;

namespace Waybill.Server.Hosting;

/// <summary>What the server does for its books.</summary>
internal static class BookHosting
{
    public static BookHost Make(IServiceProvider services) => new(
        Pages.OfBook,
        Pages.SeeOther,
        (context, snapshot) => Admin.Messages.Preview.AnswerAsync(context, snapshot, services.GetRequiredService<AttachmentContent>()),
        Refusals.NoSuchPage,
        () => services.GetRequiredService<PublicAddress>().Url,
        secret => $"{services.GetRequiredService<PublicAddress>().Url}{InvitePages.Path}{secret}");
}
