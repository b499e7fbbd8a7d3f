using System.Text.Json;
using Waybill.Mime;
using Waybill.Mime.Addresses;
using Waybill.Mime.Bodies;
using Waybill.Mime.Headers;
using Waybill.Templates;
using Waybill.Testing;

namespace Waybill.Engine.Specs.Mails;

/// <summary>One of the sixty templates, in the name of its brand, filled with its samples.</summary>
sealed record SampleMail(TemplateSource Source, JsonElement Data, BrandFace Brand, string Sender, string? UnsubscribeUrl)
{
    static readonly TimeZoneInfo Zurich = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich");
    static readonly byte[] Logo = File.ReadAllBytes(Repository.PathOf("tests/Fixtures/Images/logo.png"));

    readonly Lazy<Rendering.Rendered> rendered = new(() => Render(Source, Data, Brand, UnsubscribeUrl));

    public string Name => $"{Source.Name}.{Source.Locale}";

    public Rendering.Rendered Rendered => rendered.Value;

    /// <summary>The HTML as a mail client shows it: the logo is in it.</summary>
    public string Page =>
        Rendered.Html.Replace("cid:logo", $"data:image/png;base64,{Convert.ToBase64String(Logo)}", StringComparison.Ordinal);

    /// <summary>The message as it would be handed over.</summary>
    /// <param name="domain">Under which all its hosts are; there are programs that take .example for a forgery.</param>
    public async Task<byte[]> ComposeAsync(string domain = ".example")
    {
        string Under(string text) => text.Replace(".example", domain, StringComparison.Ordinal);
        var composed = new MimeMessage
        {
            From = new(Sender, Address.Parse(Under("post@mail.example"))),
            To = [new("Ann Meier", Address.Parse("ann@example.org"))],
            ReplyTo = Brand.SupportEmail is { } support ? [Mailbox.Parse(Under(support))] : [],
            Subject = Rendered.Subject,
            Text = Under(Rendered.Text),
            Html = Under(Rendered.Html),
            Headers = UnsubscribeUrl is null
                ? []
                : [Header("List-Unsubscribe", $"<{Under(UnsubscribeUrl)}>"), Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")],
            Attachments = Brand.Logo is { } logo ? [Attached(logo)] : [],
            MessageId = Under($"<{Name.ToLowerInvariant()}.0192f3a4@mail.example>"),
            Date = TimeProvider.System.GetUtcNow(),
            BoundarySeed = Name,
        };
        using var bytes = new MemoryStream();
        await foreach (var chunk in composed.EncodeAsync()) bytes.Write(chunk.Span);
        return bytes.ToArray();
    }

    static Rendering.Rendered Render(TemplateSource source, JsonElement data, BrandFace brand, string? unsubscribeUrl) =>
        MailSet.Compile(source).Render(data, brand, new(source.Locale, Zurich) { UnsubscribeUrl = unsubscribeUrl }) switch
        {
            Rendering.Rendered rendered => rendered,
            Rendering.Refused refused => throw new InvalidOperationException($"{source.Name}.{source.Locale}.md: {refused}"),
            _ => throw new InvalidOperationException(),
        };

    static MimeAttachment Attached(LogoFace logo) => new()
    {
        FileName = "logo.png",
        ContentType = "image/png",
        ContentId = logo.ContentId,
        Length = Logo.Length,
        Content = _ => new[] { (ReadOnlyMemory<byte>)Logo }.ToAsyncEnumerable(),
    };

    static MimeHeader Header(string name, string value) =>
        MimeHeader.TryCreate(name, value, out var header, out var problem) ? header : throw new InvalidOperationException(problem);
}
