namespace Waybill.Screens.Pages.Messages;

/// <summary>A search of messages, field by field, as it was typed.</summary>
public sealed record FilterFields
{
    /// <summary>Words of a recipient's address.</summary>
    public string? To { get; init; }

    /// <summary>Words of the subject.</summary>
    public string? Subject { get; init; }

    /// <summary><c>name</c> or <c>name=value</c>.</summary>
    public string? Tag { get; init; }

    /// <summary>A status, or several with commas.</summary>
    public string? Status { get; init; }

    /// <summary>A stream.</summary>
    public string? Stream { get; init; }

    /// <summary>A brand.</summary>
    public string? Brand { get; init; }

    /// <summary>From when on.</summary>
    public string? Since { get; init; }

    /// <summary>Until when.</summary>
    public string? Until { get; init; }

    /// <summary>What stands for itself in it: words and ids.</summary>
    public string Words { get; init; } = "";
}
