using System.Text.Json;
using Microsoft.AspNetCore.StaticFiles;
using Waybill.Books.Reading;
using Waybill.Engine.Fetching;
using Waybill.Mime.Addresses;
using Waybill.Mime.Bodies;

namespace Waybill.Server.Api.Emails;

/// <summary>An attachment as it was posted: its content in base64, or the URL that it is to be fetched from.</summary>
internal sealed record PostedAttachment(string? FileName, string? ContentType, string? ContentId, PostedContent? Content, Uri? Url)
{
    static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>Reads one; null when something about it was refused.</summary>
    public static PostedAttachment? Read(Fields email, JsonElement json, int at)
    {
        var fields = email.Within(json, "attachments", at);
        var name = fields.Find("filename") is { ValueKind: JsonValueKind.False } ? null : fields.Text("filename", 500);
        var (type, contentId) = (fields.Text("content_type", 200), fields.Text("content_id", 200));
        if (contentId is not null && !MimeAttachment.IsContentId(contentId))
            fields.Wrong("content_id", "attachment.content-id");
        if (name is not null && NameText.Objection(name) is { } character) fields.Wrong("filename", "attachment.filename", character);
        if (type is not null && type.Any(c => char.IsControl(c) || !char.IsAscii(c)))
            fields.Wrong("content_type", "attachment.content-type");
        var (content, url) = (ReadContent(fields), ReadUrl(fields));
        if (content is null && url is null) fields.Wrong("content", "attachment.empty", new FieldName("path"));
        return fields.Fault is null ? new(name, type, contentId, content, url) : null;
    }

    /// <summary>The type that was given, else the one that the name suggests.</summary>
    public static string TypeOf(string? given, string fileName) =>
        given ?? (Types.TryGetContentType(fileName, out var type) ? type : "application/octet-stream");

    static PostedContent? ReadContent(Fields fields)
    {
        if (fields.Find("content") is not { } value) return null;
        if ((value.ValueKind == JsonValueKind.Object ? NodeBuffer(value) : PostedContent.Read(value)) is { } content) return content;
        fields.Wrong("content", "attachment.content");
        return null;
    }

    /// <summary>
    /// What JSON.stringify makes of a Buffer in node: <c>{"type":"Buffer","data":[1,2,3]}</c>; of a long one the body has made base64.
    /// </summary>
    static PostedContent? NodeBuffer(JsonElement value)
    {
        if (!value.TryGetProperty("data", out var data)) return null;
        if (data.ValueKind != JsonValueKind.Array) return PostedContent.Read(data);
        var bytes = new List<byte>(data.GetArrayLength());
        foreach (var item in data.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetByte(out var octet)) return null;
            bytes.Add(octet);
        }

        return PostedContent.Of([.. bytes]);
    }

    static Uri? ReadUrl(Fields fields)
    {
        if (fields.Text("path", 4_000) is not { } text) return null;
        string? problem = "it may not contain control characters.";
        if (!text.Any(char.IsControl) && OutboundUrl.TryRead(text, out var url, out problem)) return url;
        fields.Wrong("path", "attachment.path", problem);
        return null;
    }
}
