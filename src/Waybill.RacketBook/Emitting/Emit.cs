using System.ComponentModel.DataAnnotations.Schema;
using Waybill.Engine.Messages;
using Waybill.Engine.Tenancy;

namespace Waybill.RacketBook.Emitting;

/// <summary>One attempt to deliver a receipt.</summary>
public sealed record Emit
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Of which order.</summary>
    [Column("order_id")]
    public required Guid Order { get; init; }

    /// <summary>Whose.</summary>
    [Column("stringer_id")]
    public required TenantId Stringer { get; init; }

    /// <summary>Whose receipt it was: an order may go to another client later.</summary>
    [Column("client_id")]
    public required Guid Client { get; init; }

    /// <summary>When.</summary>
    [Column("emit_at")]
    public required DateTimeOffset At { get; init; }

    /// <summary>Why: a word of <see cref="EmitKinds.Word"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Who brought it about.</summary>
    [Column("triggered_by_stringer_id")]
    public required Guid TriggeredBy { get; init; }

    /// <summary>As what: <c>stringer</c> or <c>admin</c>.</summary>
    public required string ActorKind { get; init; }

    /// <summary>The address as it was then; null: nothing was attempted.</summary>
    public string? EmailTo { get; init; }

    /// <summary>The order's number.</summary>
    public required string ReceiptNumber { get; init; }

    /// <summary>The language of mail and paper.</summary>
    public required string Locale { get; init; }

    /// <summary>What went into it.</summary>
    public required EmitSnapshot Snapshot { get; init; }

    /// <summary>The engine's message.</summary>
    [Column("message_id")]
    public required MessageId Message { get; init; }
}

/// <summary>An emit whose message has not come to its end.</summary>
/// <param name="Emit">The emit.</param>
/// <param name="Person">The order's client.</param>
/// <param name="RequestId">The request that brought it about.</param>
public sealed record OpenEmit([property: Column] Emit Emit, [property: Column("person_id")] Guid Person, string RequestId);

/// <summary>An emit and what it came to.</summary>
/// <param name="Emit">The emit.</param>
/// <param name="Outcome">What it came to.</param>
public sealed record LoggedEmit([property: Column] Emit Emit, EmitOutcome Outcome);
