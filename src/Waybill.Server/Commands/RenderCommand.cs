using Waybill.Engine.Messages;

namespace Waybill.Server.Commands;

/// <summary><c>waybill render ID</c>: the bytes to standard output, the proof to standard error; with <c>--again</c> the difference.</summary>
internal static class RenderCommand
{
    public static Task<int> RunAsync(string id, CancellationToken cancellationToken) => MessageId.TryParse(id, null, out var message)
        ? Terminal.RunAsync(
            verbs => verbs.RenderAsync(message, cancellationToken),
            rendered =>
            {
                using var output = Console.OpenStandardOutput();
                output.Write(rendered.Bytes);
                Console.Error.WriteLine($"sha256 {rendered.Sha256}: {Proof(rendered)}");
            },
            cancellationToken)
        : Terminal.RefuseAsync($"'{id}' is not a message's id.");

    /// <summary><c>waybill render ID --again</c>: what differs, to standard output.</summary>
    public static Task<int> AgainAsync(string id, bool current, CancellationToken cancellationToken) => MessageId.TryParse(id, null, out var message)
        ? Terminal.RunAsync(
            verbs => verbs.RecomposeAsync(message, current, cancellationToken),
            difference => Console.Out.Write(difference.Text.Length == 0 ? "Nothing differs: composed anew it says what was sent.\n" : difference.Text),
            cancellationToken)
        : Terminal.RefuseAsync($"'{id}' is not a message's id.");

    static string Proof(RenderedMessage rendered) => rendered.IsMasked
        ? "these are the bytes that were recorded before they were handed over, with the secret values masked."
        : "these are the bytes that were recorded before they were handed over.";
}
