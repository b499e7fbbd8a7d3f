namespace Waybill.RacketBook.Emitting;

/// <summary>What an operator may decide about receipts.</summary>
public sealed record ReceiptSettings
{
    /// <summary><c>RacketBook:MailOnReEmit</c>: whether a change to a strung order mails the client again; default yes.</summary>
    public bool MailOnReEmit { get; init; } = true;

    /// <summary><c>RacketBook:UpdatedSubject</c>: whether the subject of a further mail says that it is one; default yes.</summary>
    public bool UpdatedSubject { get; init; } = true;

    /// <summary>
    /// <c>RacketBook:RetryOnceOnConnectionFault</c>: whether a relay that could not be reached is asked once more at once; default no.
    /// </summary>
    public bool RetryOnceOnConnectionFault { get; init; }
}
