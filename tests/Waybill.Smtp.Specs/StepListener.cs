using System.Diagnostics;

namespace Waybill.Smtp.Specs;

/// <summary>Does something when one hand-over comes to one step; other specs' hand-overs pass by.</summary>
sealed class StepListener : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    readonly string step;
    readonly Envelope envelope;
    readonly Action act;
    readonly IDisposable all;
    IDisposable? one;

    StepListener(string step, Envelope envelope, Action act)
    {
        (this.step, this.envelope, this.act) = (step, envelope, act);
        all = DiagnosticListener.AllListeners.Subscribe(this);
    }

    public static StepListener At(string step, Envelope envelope, Action act) => new(step, envelope, act);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Waybill.Step") one = value.Subscribe(this, name => name == step);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == step && ReferenceEquals(value.Value, envelope)) act();
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose()
    {
        one?.Dispose();
        all.Dispose();
    }
}
