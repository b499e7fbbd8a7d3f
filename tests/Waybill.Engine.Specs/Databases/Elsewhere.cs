namespace Waybill.Engine.Specs.Databases;

/// <summary>What another node does meanwhile: it is no part of the unit of work that is under way here.</summary>
internal static class Elsewhere
{
    public static Task<T> RunAsync<T>(Func<Task<T>> what)
    {
        using var apart = ExecutionContext.SuppressFlow();
        return Task.Run(what);
    }
}
