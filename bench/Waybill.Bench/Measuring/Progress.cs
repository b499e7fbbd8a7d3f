namespace Waybill.Bench.Measuring;

/// <summary>Tells whoever waits how each round went, beside the table.</summary>
internal static class Progress
{
    public static void Tell(FormattableString what) =>
        Console.Error.WriteLine(Invariant($"   {Invariant(what)}, load {ProcessFigures.Load()}"));
}
