using Waybill.Engine.Clearing;
using Waybill.Engine.Messages;
using Waybill.Engine.Outbox;

namespace Waybill.Engine.Accepting;

/// <summary>A new message and whether it may be handed over.</summary>
internal sealed record ClearedMessage(AcceptedMessage Message, Clearance Clearance)
{
    /// <summary>Whether it has rows at all.</summary>
    public bool IsKept => Clearance is not Clearance.Leave;

    /// <summary>Whether it is to be handed over.</summary>
    public bool IsToGo => Clearance is Clearance.Go;

    public MessageStatus Status => Clearance is Clearance.Settle settled ? settled.Status : Message.Status;

    /// <summary>Why it has its last status already.</summary>
    public string? Reason => Clearance switch
    {
        Clearance.Settle(_, var reason, _) => reason,
        Clearance.Leave(var reason) => reason,
        _ => null,
    };

    public Standing Standing => new(Message.Id, IsKept ? Status : null, Reason);

    /// <summary>The claim that it is born with when it is handed over within its caller's call.</summary>
    public Claim? Claim => IsToGo && Message.InlineOwner is not null
        ? new(Message.Id, Message.Tenant, Message.Message.Stream, Attempt: 1, Token: 1) { Share = Message.Share }
        : null;

    /// <summary>Why a recipient gets nothing; null when it waits for the message.</summary>
    public string? StopOf(int position) => Clearance switch
    {
        Clearance.Go(var stopped) => stopped.GetValueOrDefault(position),
        Clearance.Settle(_, var reason, var stopped) => stopped.GetValueOrDefault(position) ?? reason,
        _ => null,
    };
}
