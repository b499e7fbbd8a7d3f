using Waybill.RacketBook.Emitting;

namespace Waybill.RacketBook.Orders;

/// <summary>What asking for a change of an order came to.</summary>
public abstract record OrderOutcome
{
    private OrderOutcome() { }

    /// <summary>The stringer brought another logo at this moment: asked again, it goes.</summary>
    internal static OrderOutcome OtherLogo { get; } = new Refused([new("logo", "logo.changing")], IsConflict: true);

    /// <summary>It is as asked.</summary>
    /// <param name="Parts">The order as it is now.</param>
    /// <param name="Emit">The receipt that went out for it; null: none did.</param>
    public sealed record Done(OrderParts Parts, OpenEmit? Emit) : OrderOutcome
    {
        /// <summary>What the emit came to; null: there is none, or it is on its way.</summary>
        public EmitOutcome? Outcome { get; init; }
    }

    /// <summary>The stringer has no such order.</summary>
    public sealed record Missing : OrderOutcome;

    /// <summary>Somebody else changed it since it was read.</summary>
    public sealed record Stale(Order Current) : OrderOutcome;

    /// <summary>It may not be; nothing was changed.</summary>
    /// <param name="Faults">What is wrong, by field.</param>
    /// <param name="IsConflict">Whether it is how the order stands that is in the way, not what was asked for.</param>
    public sealed record Refused(IReadOnlyList<BookFault> Faults, bool IsConflict = false) : OrderOutcome;
}
