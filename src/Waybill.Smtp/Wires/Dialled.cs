namespace Waybill.Smtp.Wires;

/// <summary>What came of trying to connect.</summary>
abstract record Dialled
{
    Dialled() { }

    public sealed record Connected(Connection Connection) : Dialled;

    public sealed record Failed(RouteFault Fault) : Dialled;
}
