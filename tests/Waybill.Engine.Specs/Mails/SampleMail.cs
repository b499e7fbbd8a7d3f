using System.Text.Json;
using Waybill.Engine.Templates;
using Waybill.Mime;
using Waybill.Mime.Addresses;
using Waybill.Mime.Bodies;
using Waybill.Mime.Headers;
using Waybill.Testing;

namespace Waybill.Engine.Specs.Mails;

/// <summary>One of the sixty templates, in the name of its brand, filled with its samples.</summary>
sealed record SampleMail(TemplateSource Source, JsonElement Data, BrandFace Brand, string? UnsubscribeUrl)
{
    static readonly TimeZoneInfo Zurich = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich");
    static readonly byte[] Logo = File.ReadAllBytes(Repository.PathOf("tests/Fixtures/Images/logo.png"));

    readonly Lazy<Rendering.Rendered> rendered = new(() => Render(Source, Data, Brand, UnsubscribeUrl));

    public string Name => $"{Source.Name}.{Source.Locale}";

    public Rendering.Rendered Rendered => rendered.Value;

    /// <summary>The HTML as a mail client shows it: the logo is in it.</summary>
    public string Page => Rendered.Html.Replace("cid:logo", $"data:image/png;base64,{Convert.ToBase64String(Logo)}", StringComparison.Ordinal);

    /// <summary>The message as it would be handed over.</summary>
    public async Task<byte[]> ComposeAsync()
    {
        var composed = new MimeMessage
        {
            From = new(Brand.Name, Address.Parse("post@mail.example")),
            To = [new("Ann Meier", Address.Parse("ann@example.org"))],
            ReplyTo = Brand.SupportEmail is { } support ? [Mailbox.Parse(support)] : [],
            Subject = Rendered.Subject,
            Text = Rendered.Text,
            Html = Rendered.Html,
            Headers = UnsubscribeUrl is null ? [] : [Header("List-Unsubscribe", $"<{UnsubscribeUrl}>"), Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")],
            Attachments = Brand.Logo is { } logo ? [Attached(logo)] : [],
            MessageId = $"<{Name.ToLowerInvariant()}.0192f3a4@mail.example>",
            Date = new(2026, 11, 22, 14, 5, 0, TimeSpan.FromHours(1)),
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
            Rendering.Refused refused => throw new InvalidOperationException(FormattableString.Invariant($"{source.Name}.{source.Locale}.md({refused.Line},{refused.Column}): {refused.Message}")),
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
