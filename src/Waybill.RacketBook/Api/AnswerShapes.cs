using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Books.Answering;
using Waybill.RacketBook.Clients;
using Waybill.RacketBook.Emitting;
using Waybill.RacketBook.Moderation;
using Waybill.RacketBook.Notices;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Rackets;
using Waybill.RacketBook.Stringers;

namespace Waybill.RacketBook.Api;

/// <summary>An order as the API shows it. Amounts are decimal text, days <c>yyyy-MM-dd</c>.</summary>
sealed record OrderAnswer
{
    public OrderAnswer(OrderOutcome.Done done) : this(done.Parts) =>
        Emit = done.Emit is { } open ? new(open.Emit.Id, done.Outcome?.Word) : null;

    public OrderAnswer(OrderParts parts)
    {
        var order = parts.Order;
        (Id, State, ReceiptNumber, Version) = (order.Id, parts.State.Word(), order.ReceiptNumber, order.Version);
        (ClientId, Client, IsSelfJob) = (order.Client, parts.Client.Person.Name, parts.Client.IsSelf);
        (RacketId, Racket) = (order.Racket, parts.Racket.Facts().Name);
        (Main, Cross) = (new(order.Main, parts.Main), new(order.Cross, parts.Cross));
        (Labour, Total) = (Francs.Text(order.Labour), Francs.Text(order.Total));
        (Method, DynamicTension, Comment) = (order.Method, Shown.Measure(order.DynamicTension), order.Comment);
        (OrderedAt, StrungAt, ReturnedAt, PaidAt) = (order.Days.Ordered, order.Days.Strung, order.Days.Returned, order.Days.Paid);
        CreatedAt = order.CreatedAt;
    }

    public string Object { get; } = "order";

    public Guid Id { get; }

    public string State { get; }

    public string? ReceiptNumber { get; }

    public Guid ClientId { get; }

    public string Client { get; }

    public bool IsSelfJob { get; }

    public Guid RacketId { get; }

    public string Racket { get; }

    public SideAnswer Main { get; }

    public SideAnswer Cross { get; }

    public string? Labour { get; }

    public string? Total { get; }

    public string Currency { get; } = OrderReader.Currency;

    public string? Method { get; }

    public string? DynamicTension { get; }

    public string? Comment { get; }

    public DateOnly? OrderedAt { get; }

    public DateOnly? StrungAt { get; }

    public DateOnly? ReturnedAt { get; }

    public DateOnly? PaidAt { get; }

    public DateTimeOffset CreatedAt { get; }

    public int Version { get; }

    /// <summary>The receipt that this change sent; null: none.</summary>
    public EmitReference? Emit { get; }
}

/// <summary>One side's strings.</summary>
sealed record SideAnswer(
    Guid? StringId, string? Maker, string? Model, string? Gauge, string? Tension, string? Price, bool Byo, string? Colour)
{
    public SideAnswer(OrderSide side, TennisString? known)
        : this(
            side.String, known?.Maker ?? side.Maker, known?.Model ?? side.Model, side.Gauge ?? known?.Gauge, Shown.Measure(side.Tension),
            Francs.Text(side.Price), side.IsClients, side.Colour)
    {
    }
}

/// <summary>An emit that a change brought about; its status is null while the relay has not answered.</summary>
sealed record EmitReference(Guid Id, string? DeliveryStatus);

/// <summary>A row of the log of emits.</summary>
sealed record EmitAnswer(
    Guid Id, DateTimeOffset EmitAt, string Kind, string ActorKind, string? EmailTo, string DeliveryStatus, string? SkipReason,
    string? ErrorClass, string? ErrorMessage, string ReceiptNumber, string Locale, Guid MessageId, string? SmtpMessageId)
{
    public EmitAnswer(LoggedEmit logged)
        : this(
            logged.Emit.Id, logged.Emit.At, logged.Emit.Kind, logged.Emit.ActorKind, logged.Emit.EmailTo, logged.Outcome.Word,
            (logged.Outcome as EmitOutcome.Skipped)?.Reason, (logged.Outcome as EmitOutcome.Failed)?.Class,
            (logged.Outcome as EmitOutcome.Failed)?.Message, logged.Emit.ReceiptNumber, logged.Emit.Locale, logged.Emit.Message.Value,
            (logged.Outcome as EmitOutcome.Sent)?.HeaderId)
    {
    }
}

/// <summary>A line of an order's history.</summary>
sealed record HistoryAnswer(
    DateTimeOffset At, string Transition, string Field, string? OldValue, string? NewValue, string ActorKind, string Actor)
{
    public HistoryAnswer(StateEntry entry)
        : this(entry.At, entry.Step.Transition, entry.Step.Field, entry.Step.Before, entry.Step.After, entry.ActorKind, entry.Actor)
    {
    }
}

/// <summary>A client.</summary>
sealed record ClientAnswer(
    Guid Id, Guid PersonId, string FirstName, string LastName, string? Email, string? Locale, string? Nickname, string? InternalNotes,
    string? TensionMemo, bool IsSelfForStringer, int Version)
{
    public ClientAnswer(Client client)
        : this(
            client.Id, client.Person.Id, client.Person.FirstName, client.Person.LastName, client.Person.Email, client.Person.Locale,
            client.Nickname, client.InternalNotes, client.TensionMemo, client.IsSelf, client.Version)
    {
    }

    public string Object { get; } = "client";

    /// <summary>What is odd and was kept all the same: an address that is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Warning { get; init; }
}

/// <summary>A racket.</summary>
sealed record RacketAnswer(
    Guid Id, string? Maker, string Model, string? HeadSize, string? Pattern, string? Serial, string Visibility, Guid? OwnerClientId,
    string Source, int Version)
{
    public RacketAnswer(Racket racket)
        : this(
            racket.Id, racket.Maker, racket.Model, Shown.Measure(racket.HeadSize), racket.Pattern, racket.Serial, racket.Visibility.Word(),
            racket.OwnerClient, racket.IsImported ? "imported" : "manual", racket.Version)
    {
    }

    public string Object { get; } = "racket";
}

/// <summary>A string.</summary>
sealed record StringAnswer(Guid Id, string? Maker, string Model, string? Gauge, string Visibility, string Source, int Version)
{
    public StringAnswer(TennisString one)
        : this(one.Id, one.Maker, one.Model, one.Gauge, one.Visibility.Word(), one.IsImported ? "imported" : "manual", one.Version)
    {
    }

    public string Object { get; } = "string";
}

/// <summary>A proposal for the catalogue.</summary>
sealed record SubmissionAnswer(
    Guid Id, string Kind, Guid RowId, string Label, Guid StringerId, string Stringer, string Status, string? ReviewedBy,
    DateTimeOffset? ReviewedAt, string? Notes, DateTimeOffset CreatedAt)
{
    public SubmissionAnswer(Submission one)
        : this(
            one.Id, one.Kind.Word(), one.Row, one.Label, one.Stringer.Value, one.StringerName, one.Status.ToString().ToLowerInvariant(),
            one.ReviewedBy, one.ReviewedAt, one.Notes, one.CreatedAt)
    {
    }

    public string Object { get; } = "submission";
}

/// <summary>A stringer.</summary>
sealed record StringerAnswer(
    Guid Id, string Email, string Role, string Status, string Locale, string DisplayName, string? Address, string? Phone, string? Web,
    string? BusinessEmail, string Labour, bool HasLogo, int Version)
{
    public StringerAnswer(Stringer one)
        : this(
            one.Id.Value, one.Email, one.IsAdmin ? "admin" : "stringer", one.Status.ToString().ToLowerInvariant(), one.Locale,
            one.DisplayName, one.Address, one.Phone, one.Web, one.BusinessEmail, Francs.Text(one.Labour)!, one.Logo is not null,
            one.Version)
    {
    }

    public string Object { get; } = "stringer";
}

/// <summary>A notice.</summary>
sealed record NoticeAnswer(Guid Id, string Kind, Guid SubjectId, string Text, DateTimeOffset? ReadAt, DateTimeOffset CreatedAt)
{
    public NoticeAnswer(BookNotice notice) : this(notice.Id, notice.Kind, notice.Subject, notice.Text, notice.ReadAt, notice.At)
    {
    }
}

/// <summary>Numbers as text.</summary>
static class Shown
{
    internal static string? Measure(decimal? value) => value?.ToString("0.00", CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OrderAnswer))]
[JsonSerializable(typeof(ListAnswer<OrderAnswer>))]
[JsonSerializable(typeof(ListAnswer<EmitAnswer>))]
[JsonSerializable(typeof(ListAnswer<HistoryAnswer>))]
[JsonSerializable(typeof(ClientAnswer))]
[JsonSerializable(typeof(ListAnswer<ClientAnswer>))]
[JsonSerializable(typeof(RacketAnswer))]
[JsonSerializable(typeof(ListAnswer<RacketAnswer>))]
[JsonSerializable(typeof(StringAnswer))]
[JsonSerializable(typeof(ListAnswer<StringAnswer>))]
[JsonSerializable(typeof(SubmissionAnswer))]
[JsonSerializable(typeof(ListAnswer<SubmissionAnswer>))]
[JsonSerializable(typeof(StringerAnswer))]
[JsonSerializable(typeof(ListAnswer<StringerAnswer>))]
[JsonSerializable(typeof(ListAnswer<NoticeAnswer>))]
sealed partial class BookJson : JsonSerializerContext
{
    /// <summary>An apostrophe stays one: the answer is JSON, in no page.</summary>
    public static BookJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
