using System.Diagnostics;

namespace Waybill.KillHook;

/// <summary>Subscribes the countdown to every listener named "Waybill.Step", whenever it appears.</summary>
internal sealed class StepWatch(Countdown countdown) : IObserver<DiagnosticListener>
{
    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Waybill.Step") value.Subscribe(countdown);
    }

    public void OnCompleted() { }
    public void OnError(Exception error) { }
}
