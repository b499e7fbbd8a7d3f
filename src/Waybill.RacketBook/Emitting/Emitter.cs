using Waybill.Engine.Accepting;
using Waybill.Engine.Journal;
using Waybill.RacketBook.Mails;
using Waybill.RacketBook.Orders;
using Waybill.RacketBook.Receipts;
using Waybill.RacketBook.Tenancy;
using EngineDocuments = Waybill.Engine.Composing.DocumentKinds;

namespace Waybill.RacketBook.Emitting;

/// <summary>
/// Emits a receipt within the unit that brings it about: the paper is printed before COMMIT, so that what cannot be printed changes
/// nothing; the mail goes out after it, once.
/// </summary>
public sealed class Emitter(EmailSender mails, EngineDocuments documents, ReceiptSettings settings, TimeProvider clock)
{
    /// <summary>The receipt on paper; one that was printed a moment ago is not printed again.</summary>
    internal NewAttachment Print(ReceiptData data) =>
        documents.Attach(ReceiptDocument.Name, ReceiptPaper.FileName(data.Receipt), ReceiptDocument.Write(data));

    /// <summary>
    /// Prints, writes the mail and posts it; gives the emit, whose row in the log is appended when the mail has come to its end.
    /// </summary>
    internal async ValueTask<OpenEmit> EmitAsync(
        Unit unit, StringerScope scope, OrderParts parts, Receipt receipt, EmitKind kind, ReceiptStationery on)
    {
        var addressee = Addressee.Of(kind, parts.Client, settings);
        var paper = Print(new(receipt, on.Logo.Image));
        var isUpdate = settings.UpdatedSubject && await EmitRows.WasMailedAsync(unit.Session, scope, parts.Order.Id, parts.Client.Id);
        var letter = new ReceiptLetter(parts.Order.Id, receipt, parts.Client.Person.FirstName, addressee, isUpdate);
        var message = unit.Post(scope.Stringer, mails.Receipt(scope.Stringer, letter, paper, on));
        var now = clock.GetUtcNow();
        var emit = new Emit
        {
            Id = Guid.CreateVersion7(now),
            Order = parts.Order.Id,
            Stringer = scope.Stringer,
            Client = parts.Client.Id,
            At = now,
            Kind = kind.Word(),
            TriggeredBy = scope.ActorId,
            ActorKind = scope.Kind.Word(),
            EmailTo = addressee.EmailTo,
            ReceiptNumber = receipt.Number,
            Locale = receipt.Locale,
            Snapshot = EmitSnapshot.Of(parts, receipt, on.Logo.Image),
            Message = message,
        };
        var open = new OpenEmit(emit, parts.Client.Person.Id, scope.RequestId);
        await EmitRows.OpenAsync(unit.Session, open);
        return open;
    }
}
