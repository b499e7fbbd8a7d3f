namespace Waybill.Smtp.Sessions;

/// <summary>What came of opening a session.</summary>
abstract record Opened
{
    Opened() { }

    public sealed record Ready(Session Session) : Opened;

    public sealed record Faulted(RouteFault Fault) : Opened;
}
