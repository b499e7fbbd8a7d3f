using Waybill.Server.Hosting;

namespace Waybill.Server.Commands;

/// <summary>Runs a verb where it can run and shows its answer; what is wrong goes to standard error in a sentence, exit code 1.</summary>
internal static class Terminal
{
    public static async Task<int> RunAsync<T>(
        Func<IVerbs, Task<VerbAnswer<T>>> ask, Action<T> show, CancellationToken cancellationToken, Func<T, int>? exitCode = null)
    {
        try
        {
            await using var verbs = await Instance.ReachAsync(cancellationToken);
            var answer = await ask(verbs);
            if (answer.Problem is { } problem) return await RefuseAsync(problem);
            show(answer.Value!);
            return exitCode?.Invoke(answer.Value!) ?? 0;
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
