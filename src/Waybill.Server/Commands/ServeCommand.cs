using Waybill.Books;
using Waybill.Server.Hosting;

namespace Waybill.Server.Commands;

/// <summary><c>waybill serve</c>.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] args, IReadOnlyList<Book> books, CancellationToken cancellationToken)
    {
        if (args.FirstOrDefault() is { } word && IsVerb(word))
            return await Terminal.RefuseAsync($"'{word}' is not a verb of waybill; waybill --help lists them.");
        try
        {
            await ServerHost.RunAsync(args, books, cancellationToken);
            return 0;
        }
        catch (Exception told) when (StartProblem.Of(told) is not null)
        {
            await Console.Error.WriteLineAsync("Waybill cannot start:");
            return await Terminal.RefuseAsync(StartProblem.Of(told)!);
        }
    }

    /// <summary>A mistyped verb must not start a server; settings look like --Name=value or Name=value.</summary>
    static bool IsVerb(string word) => word is not ['-' or '/', ..] && !word.Contains('=', StringComparison.Ordinal);
}
