using Waybill.Books.Verbs;

namespace Waybill.Server.Commands;

/// <summary>Shows the answer of a verb; what is wrong goes to standard error in a sentence, exit code 1.</summary>
internal static class Terminal
{
    public static async Task<int> RunAsync(Func<Task<VerbAnswer>> run)
    {
        try
        {
            var answer = await run();
            await using (var output = Console.OpenStandardOutput()) await output.WriteAsync(answer.Output);
            await Console.Error.WriteAsync(answer.Notes);
            return answer.ExitCode;
        }
        catch (Exception told) when (StartProblem.Of(told) is not null)
        {
            return await RefuseAsync(StartProblem.Of(told)!);
        }
    }

    public static async Task<int> RefuseAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return 1;
    }
}
