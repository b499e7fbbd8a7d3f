using System.Globalization;
using System.Text;
using Waybill.Engine.Keys;
using Waybill.Engine.Relays;
using Waybill.Engine.Storage;
using Waybill.Server.Admin.Access;
using Waybill.Server.Http;

namespace Waybill.Server.Hosting;

/// <summary>What a person who starts the server needs to see, on the console and in no log: it holds a link and, once, a key.</summary>
internal static class Banner
{
    public static void Print(IServiceProvider services, NewApiKey? firstKey, string? firstLink)
    {
        var address = services.GetRequiredService<PublicAddress>();
        var text = new StringBuilder();
        void Line(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"  {name,-9}{value}\n");

        text.Append(CultureInfo.InvariantCulture, $"\nWaybill {typeof(Banner).Assembly.GetName().Version?.ToString(3)} is ready.\n\n");
        Line("address", string.Join(", ", address.Listening()));
        Line("sign in", address.Url + (firstLink is null ? "/admin" : $"{FirstPages.Path}{firstLink}   (makes the owner, once)"));
        Line("API key", firstKey is null ? "made before; `waybill keys create` makes another" : $"{firstKey.Secret}   (shown this once)");
        Line("mail", services.GetRequiredService<Relay>().Transport.Sentence);
        if (services.GetServices<FixedRelay>().FirstOrDefault() is { } beside)
            Line("", $"Brands can send through Resend's API as well: their relay is {beside.Id:D}.");
        Line("database", services.GetRequiredService<IDatabase>().Provider);
        Console.Out.WriteLine(text.ToString());
    }
}
