namespace Waybill.Smtp.Transactions;

/// <summary>What is known so far of each recipient. An outcome, once written, stays.</summary>
sealed class RecipientLedger(int recipients)
{
    readonly RecipientOutcome?[] outcomes = new RecipientOutcome?[recipients];
    int open = recipients;

    /// <summary>How many recipients the relay said yes to and nothing has befallen since.</summary>
    public int Standing { get; private set; }

    public bool IsOpen(int recipient) => outcomes[recipient] is null;

    public bool HasOpen => open > 0;

    /// <summary>In the order of the envelope; complete only when none is open.</summary>
    public IReadOnlyList<RecipientOutcome> Outcomes => outcomes!;

    /// <summary>The relay said yes to RCPT: the fate of the content is this recipient's too.</summary>
    public void Stand() => Standing++;

    public void Settle(int recipient, RecipientOutcome outcome)
    {
        if (outcomes[recipient] is not null) return;
        outcomes[recipient] = outcome;
        open--;
    }

    /// <summary>The same for everybody who has no outcome yet, whether the relay had said yes or was not asked.</summary>
    public void SettleRest(RecipientOutcome outcome)
    {
        for (var recipient = 0; recipient < outcomes.Length; recipient++) Settle(recipient, outcome);
        Standing = 0;
    }
}
