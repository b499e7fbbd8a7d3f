namespace Waybill.Server.Specs.Kills;

/// <summary>One process of the server, from its start to its end.</summary>
/// <param name="Name">What it says EHLO with, so that the relay's book tells the lives apart.</param>
/// <param name="Pid">Part of the node's name in the journal, so that the attempts do too.</param>
/// <param name="WasKilled">False when it was asked to stop.</param>
public sealed record Life(string Name, int Pid, bool WasKilled);
