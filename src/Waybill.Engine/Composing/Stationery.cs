using Waybill.Engine.Brands;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Relays;

namespace Waybill.Engine.Composing;

/// <summary>What a mail is written on: all that is not said by who asks for it.</summary>
/// <param name="Version">The template as it is published.</param>
/// <param name="Brand">Who it speaks for.</param>
/// <param name="Sender">Who it comes from, and where answers go.</param>
/// <param name="Zone">Where the tenant is, for printed dates.</param>
public sealed record Stationery(PublishedVersion Version, Brand Brand, SenderChoice Sender, TimeZoneInfo Zone);
