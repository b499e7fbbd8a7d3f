using Waybill.Engine.Catalogue;
using Waybill.Engine.Tenancy;
using Waybill.Templates;

namespace Waybill.Server.Admin.Brands;

/// <summary>A mail that shows all that a brand gives to mails. It is previewed beside its form, and is the test of the first run.</summary>
internal static class BrandSample
{
    /// <summary>The template, which nobody can send by name.</summary>
    public static Template Template { get; } = new()
    {
        Id = new TemplateId(Guid.Empty),
        Tenant = TenantId.Everybody,
        Name = "sample",
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        VersionId = Guid.Empty,
        Number = 1,
        IsDraft = false,
        ContentTag = "",
        Content = new()
        {
            Format = TemplateFormat.Markdown,
            Texts = [new("en", "A test from {{@brand.name}}", English), new("de", "Ein Test von {{@brand.name}}", German)],
        },
    };

    const string English =
        """
        {{> heading text="It arrives" level=1}}

        This is how mails of {{@brand.name}} look. If you can read it in your inbox, they arrive.

        {{#> facts}}
        Order: 2026-0042
        Total: **CHF 45.00**
        {{/facts}}

        {{> button label="Open the order" url="https://example.com/"}}

        {{> notice text="Nothing was ordered: this is a test."}}

        {{> signature}}
        """;

    const string German =
        """
        {{> heading text="Sie kommt an" level=1}}

        So sehen Mails von {{@brand.name}} aus. Wenn du sie in deinem Posteingang liest, kommen sie an.

        {{#> facts}}
        Bestellung: 2026-0042
        Summe: **CHF 45.00**
        {{/facts}}

        {{> button label="Bestellung öffnen" url="https://example.com/"}}

        {{> notice text="Nichts wurde bestellt: das ist ein Test."}}

        {{> signature}}
        """;
}
