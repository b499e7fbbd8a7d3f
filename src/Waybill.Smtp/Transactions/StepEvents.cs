using System.Diagnostics;

namespace Waybill.Smtp.Transactions;

/// <summary>Names the moments around the final dot, for those who listen to "Waybill.Step". The payload is the envelope.</summary>
static class StepEvents
{
    static readonly DiagnosticListener Source = new("Waybill.Step");

    /// <summary>Everything but the end of the content may be with the relay.</summary>
    public static void BeforeDot(Envelope envelope) => Tell("smtp.before-dot", envelope);

    /// <summary>The end of the content is on its way; the reply has not been read.</summary>
    public static void AfterDot(Envelope envelope) => Tell("smtp.after-dot", envelope);

    /// <summary>The reply to the content has been read, and nobody has been told.</summary>
    public static void Replied(Envelope envelope) => Tell("smtp.replied", envelope);

    static void Tell(string step, Envelope envelope)
    {
        if (Source.IsEnabled(step)) Source.Write(step, envelope);
    }
}
