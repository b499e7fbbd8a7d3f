using Waybill.Server.Admin.Brands;
using Waybill.Server.Admin.Start;
using Waybill.Server.Admin.Templates;

namespace Waybill.Server.Admin;

/// <summary>What the pages of templates and brands are made with.</summary>
internal static class TemplateEditorServices
{
    public static IServiceCollection AddTemplateEditor(this IServiceCollection services) => services
        .AddSingleton<MailFrame>().AddSingleton<TestMails>()
        .AddSingleton<TemplateShelf>().AddSingleton<TemplateList>().AddSingleton<TemplateEditor>().AddSingleton<TemplateHistory>()
        .AddSingleton<RelayChoices>().AddSingleton<BrandDesk>()
        .AddSingleton<StartMail>().AddSingleton<StartBrand>().AddSingleton<StartDesk>();
}
