using Microsoft.AspNetCore.Components;
using Waybill.Screens.Framing;
using Waybill.Testing;

namespace Waybill.Server.Specs.Screens;

public sealed class Pages_and_their_models
{
    /// <summary>
    /// Folders whose pages still take loose parameters, and whose handlers are in another project. The list only becomes shorter.
    /// </summary>
    static readonly string[] Loose =
    [
        "Access", "Account", "Brands", "Design", "Events", "Messages", "Overview", "People", "Relays", "Routes", "Start", "Templates",
    ];

    static readonly Type[] Pages =
    [
        .. typeof(Admin.AdminPages).Assembly.GetTypes()
            .Where(type => typeof(ComponentBase).IsAssignableFrom(type) && type.Name.EndsWith("Page", StringComparison.Ordinal)),
    ];

    [Fact]
    public void A_page_of_the_server_shows_one_model_of_its_own_folder_or_of_the_engine()
    {
        Assert.NotEmpty(Pages);
        Assert.All(Pages, page =>
        {
            Assert.True(page.BaseType is { IsGenericType: true } shows && shows.GetGenericTypeDefinition() == typeof(PageOf<>), page.Name);
            var model = page.BaseType!.GetGenericArguments()[0];
            Assert.True(model.Namespace == page.Namespace || model.Assembly != page.Assembly, $"{page.Name} shows {model.FullName}.");
        });
    }

    [Fact]
    public void A_page_takes_nothing_beside_its_model() => Assert.All(Pages, page => Assert.DoesNotContain(
        page.GetProperties(), property => property.DeclaringType == page && property.IsDefined(typeof(ParameterAttribute), inherit: true)));

    [Fact]
    public void Pages_with_loose_parameters_only_become_fewer() => Assert.Equal(
        Loose,
        Directory.EnumerateDirectories(Repository.PathOf("src/Waybill.Screens/Pages"))
            .Where(folder => Directory.EnumerateFiles(folder, "*Page.razor").Any()).Select(folder => Path.GetFileName(folder)!)
            .Order(StringComparer.Ordinal));
}
