namespace Waybill.RacketBook.Orders;

/// <summary>How an order stands. It follows from its days and is kept nowhere.</summary>
public enum OrderState
{
    /// <summary>A self-job that nobody ordered yet.</summary>
    Draft,

    /// <summary>Waits for the machine.</summary>
    Ordered,

    /// <summary>Strung; its receipt is out.</summary>
    Strung,

    /// <summary>The client has it back and has not paid.</summary>
    Returned,

    /// <summary>Paid, and not fetched yet.</summary>
    Paid,

    /// <summary>Nothing is left to do.</summary>
    Done,
}

/// <summary>The words for <see cref="OrderState"/>.</summary>
public static class OrderStates
{
    /// <summary>The word in API and texts.</summary>
    public static string Word(this OrderState state) => state switch
    {
        OrderState.Draft => "draft",
        OrderState.Ordered => "ordered",
        OrderState.Strung => "strung",
        OrderState.Returned => "returned",
        OrderState.Paid => "paid",
        OrderState.Done => "done",
        _ => throw new System.Diagnostics.UnreachableException($"No word for {state}."),
    };

    /// <summary>The state that a word stands for; null: none.</summary>
    public static OrderState? Find(string? word) =>
        Enum.GetValues<OrderState>().Cast<OrderState?>().FirstOrDefault(one => one!.Value.Word() == word);
}
