using Waybill.Screens.Framing;
using Waybill.Screens.Texts;

namespace Waybill.RacketBook.Pages;

/// <summary>Where one can go in a book; an admin's places are in no book.</summary>
static class BookNavigation
{
    internal static IReadOnlyList<NavigationGroup> Of(BookScene scene, Wording texts)
    {
        NavigationItem Item(string name, string path) => new(texts.Say("place." + name), scene.At(path)) { IsExact = path.Length == 0 };
        NavigationItem Office(string name, string path) => new(texts.Say("place." + name), BookScene.Root + path);
        NavigationGroup[] book = scene.Stringer is null
            ? []
            : [new(
                null,
                [Item("desk", ""), Item("orders", "/orders"), Item("clients", "/clients"), Item("catalogue", "/catalogue"),
                    Item("settings", "/settings")])];
        NavigationGroup[] office = scene.IsAdmin
            ? [new(texts.Say("place.office"), [Office("moderation", "/moderation"), Office("stringers", "/stringers")])]
            : [];
        return [.. book, .. office];
    }
}
