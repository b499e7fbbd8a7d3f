using Waybill.Server.Hosting;

namespace Waybill.Server.Commands;

/// <summary><c>waybill migrate</c>.</summary>
internal static class MigrateCommand
{
    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var instance = await Instance.OpenAsync(Instance.ReadSettings([]), cancellationToken);
            if (instance is null) return await Terminal.RefuseAsync("A server is running on this data folder; it migrated when it started.");
            await Console.Out.WriteLineAsync(instance.Migrated.Count == 0 ? "The schema is up to date." : $"Ran {string.Join(", ", instance.Migrated)}.");
            return 0;
        }
        catch (Exception told) when (StartProblem.Of(told) is not null)
        {
            return await Terminal.RefuseAsync(StartProblem.Of(told)!);
        }
    }
}
