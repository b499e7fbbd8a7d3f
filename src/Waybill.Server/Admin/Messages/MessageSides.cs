using System.Text;
using Microsoft.AspNetCore.Components;
using Waybill.Engine.Composing;
using Waybill.Screens.Framing;
using Waybill.Screens.Pages.Messages;

namespace Waybill.Server.Admin.Messages;

/// <summary>The sides of a message: what it says, in each way in which somebody may want to see it.</summary>
internal sealed class MessageSides(Composer composer, Recomposing recomposing)
{
    /// <summary>More of a source than this is not put on a page.</summary>
    const int Longest = 256 << 10;

    /// <summary>One of them.</summary>
    public async Task<RenderFragment> SideAsync(
        string side, MessageView view, PageFrame frame, IQueryCollection query, CancellationToken cancellationToken) => side switch
        {
            "html" => Text(frame, side, view.Snapshot.Inputs.Html, Masked(view, frame)),
            "text" => Text(frame, side, view.Snapshot.Inputs.Text, Masked(view, frame)),
            "source" => await SourceAsync(view, frame, headersOnly: false, cancellationToken),
            "headers" => await SourceAsync(view, frame, headersOnly: true, cancellationToken),
            "attachments" => Part<AttachmentsSide>(new { View = view }),
            "data" =>
                Text(frame, side, Data(view), Masked(view, frame) ?? (view.Snapshot.Inputs.Origin is null ? frame.T("data.none") : null)),
            "again" => await AgainAsync(view, query["with"] == "current", cancellationToken),
            _ => Part<PreviewSide>(new
            {
                View = view,
                References = MailReferences.Of(view.Snapshot.Inputs.Html),
                Width = query["width"] == "phone" ? "phone" : "desktop",
                Theme = query["theme"] == "dark" ? "dark" : "light",
            }),
        };

    async Task<RenderFragment> AgainAsync(MessageView view, bool isCurrent, CancellationToken cancellationToken)
    {
        var anew = await recomposing.ComposeAsync(view.Snapshot, isCurrent, cancellationToken);
        return Part<AgainSide>(new { View = view, Anew = anew, IsCurrent = isCurrent });
    }

    async Task<RenderFragment> SourceAsync(MessageView view, PageFrame frame, bool headersOnly, CancellationToken cancellationToken)
    {
        var side = headersOnly ? "headers" : "source";
        if (view.Snapshot.Composition is null) return Text(frame, side, text: null, frame.T("source.not-yet"));
        try
        {
            var composed = await composer.ReplayAsync(view.Message.HeaderId, view.Snapshot, cancellationToken);
            var (text, isAll) = await ReadAsync(composed, headersOnly, cancellationToken);
            var note = isAll ? Masked(view, frame) : frame.T("source.long", composed.Size);
            var (label, href) = (frame.T($"sides.{side}"), view.Href(frame, "source.eml"));
            return Part<TextSide>(new { Label = label, Text = text, Note = note, DownloadHref = href, Wraps = headersOnly });
        }
        catch (InvalidDataException altered)
        {
            return Text(frame, side, text: null, altered.Message);
        }
    }

    static async Task<(string Text, bool IsAll)> ReadAsync(Composed composed, bool headersOnly, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        await foreach (var chunk in composed.Read(cancellationToken))
        {
            text.Append(Encoding.UTF8.GetString(chunk.Span));
            if (headersOnly && text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal) is > 0 and var end)
                return (text.ToString(0, end), true);
            if (text.Length > Longest) return (text.ToString(0, Longest), false);
        }

        return (text.ToString(), true);
    }

    static string? Masked(MessageView view, PageFrame frame) =>
        view.Snapshot.Inputs.Origin is { HasSecrets: true } ? frame.T("data.masked") : null;

    static string? Data(MessageView view) => view.Snapshot.Inputs.Origin is { } origin ? ReadableJson.Lines(origin.Data) : null;

    static RenderFragment Text(PageFrame frame, string side, string? text, string? note) =>
        Part<TextSide>(new { Label = frame.T($"sides.{side}"), Text = text, Note = note });

    static RenderFragment Part<TPart>(object parameters) where TPart : IComponent => builder =>
    {
        builder.OpenComponent<TPart>(0);
        foreach (var (name, value) in new RouteValueDictionary(parameters)) builder.AddComponentParameter(1, name, value);
        builder.CloseComponent();
    };
}
