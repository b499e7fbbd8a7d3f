using Waybill.Engine.Messages;

namespace Waybill.Server.Commands;

/// <summary><c>waybill render ID</c>: the bytes to standard output, the proof to standard error.</summary>
internal static class RenderCommand
{
    public static Task<int> RunAsync(string id, CancellationToken cancellationToken) => MessageId.TryParse(id, null, out var message)
        ? Terminal.RunAsync(
            verbs => verbs.RenderAsync(message, cancellationToken),
            rendered =>
            {
                using var output = Console.OpenStandardOutput();
                output.Write(rendered.Bytes);
                Console.Error.WriteLine($"sha256 {rendered.Sha256}: these are the bytes that were recorded before they were handed over.");
            },
            cancellationToken)
        : Terminal.RefuseAsync($"'{id}' is not a message's id.");
}
