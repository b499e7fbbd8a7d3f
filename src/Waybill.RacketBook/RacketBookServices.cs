using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine.Blobs;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Demo;
using Waybill.RacketBook.Emitting;
using Waybill.RacketBook.Exports;
using Waybill.RacketBook.Importing;
using Waybill.RacketBook.Logos;
using Waybill.RacketBook.Mails;
using Waybill.RacketBook.Moderation;
using Waybill.RacketBook.Notices;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Pages.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Stringers;
using Waybill.RacketBook.Tenancy;

namespace Waybill.RacketBook;

/// <summary>Puts the book together.</summary>
static class RacketBookServices
{
    internal static void AddRacketBook(this IServiceCollection services)
    {
        services.AddSingleton(ReceiptDocument.Kind);
        services.AddSingleton<EmailSender>().AddSingleton<Emitter>().AddSingleton<EmitLog>().AddSingleton<PastEmits>();
        services.AddSingleton<OrderDesk>().AddSingleton<OrderList>().AddSingleton<ClientDesk>().AddSingleton<CatalogueDesk>();
        services.AddSingleton<ModerationDesk>().AddSingleton<NoticeBoard>().AddSingleton<StringerDesk>().AddSingleton<StringerScopes>();
        services.AddSingleton<JobDesk>().AddSingleton<DemoBook>();
        services.AddSingleton<LogoShelf>();
        services.AddSingleton<BlobKeeping>(
            provider => new BlobKeeping.WhileNamed(LogoShelf.Kind, provider.GetRequiredService<LogoShelf>().NamedAsync));
        // nobody fetches one for longer
        services.AddSingleton<BlobKeeping>(new BlobKeeping.ForAWhile(ExportDesk.Kind, TimeSpan.FromDays(1)));
        services.AddSingleton<ExportDesk>().AddSingleton<RacketBookImport>();
    }
}
