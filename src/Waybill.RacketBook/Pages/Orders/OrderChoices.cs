using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Pages.Parts;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Tenancy;
using Waybill.Screens.Framing;

namespace Waybill.RacketBook.Pages.Orders;

/// <summary>What an order's form offers: the stringer's clients, and the rackets and strings that they see.</summary>
/// <param name="Clients">By name.</param>
/// <param name="Rackets">By name.</param>
/// <param name="Strings">By name.</param>
public sealed record OrderChoices(IReadOnlyList<Choice> Clients, IReadOnlyList<Choice> Rackets, IReadOnlyList<Choice> Strings)
{
    /// <summary>The client who is the stringer.</summary>
    public const string Self = "self";

    const int Most = 1000;

    internal static async Task<OrderChoices> ReadAsync(
        StringerScope scope, ClientDesk clients, CatalogueDesk catalogue, OrderParts? present, CancellationToken cancellationToken)
    {
        var (people, rackets, strings) = (
            await clients.ListAsync(scope, new(), Most, cancellationToken),
            await catalogue.ListRacketsAsync(scope, new(), Most, cancellationToken),
            await catalogue.ListStringsAsync(scope, new(), Most, cancellationToken));
        return new(
            Sorted(
                people.Where(one => !one.IsSelf).Concat(present is null ? [] : [present.Client])
                    .Select(one => new Choice(one.Id.ToString("D"), Name(one)))),
            Sorted(
                rackets.Concat(present is null ? [] : [present.Racket])
                    .Select(one => new Choice(one.Id.ToString("D"), JobWords.Racket(one)))),
            Sorted(
                strings.Concat(Known(present))
                    .Select(one => new Choice(one.Id.ToString("D"), one.Gauge is { } gauge ? $"{one.Name} {gauge}" : one.Name))));
    }

    static string Name(Client client) => client.Nickname is { } nickname ? $"{client.Person.Name} ({nickname})" : client.Person.Name;

    static IEnumerable<TennisString> Known(OrderParts? present) => new[] { present?.Main, present?.Cross }.OfType<TennisString>();

    static List<Choice> Sorted(IEnumerable<Choice> choices) =>
        [.. choices.DistinctBy(one => one.Value).OrderBy(one => one.Text, StringComparer.OrdinalIgnoreCase)];
}
