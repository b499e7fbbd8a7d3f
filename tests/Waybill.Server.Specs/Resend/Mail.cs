namespace Waybill.Server.Specs.Resend;

/// <summary>The argument of the client's <c>emails.send</c>, good as it stands; a property that is null is left out.</summary>
internal sealed record Mail
{
    public string? From { get; init; } = "Corner Shop <shop@example.com>";
    public object? To { get; init; } = "ada@example.org";
    public string? Subject { get; init; } = "Your order";
    public string? Html { get; init; } = "<p>Thank you.</p>";
    public string? Text { get; init; }
    public object? ReplyTo { get; init; }
    public object? Cc { get; init; }
    public object? Bcc { get; init; }
    public object? Headers { get; init; }
    public object? Tags { get; init; }
    public object? Attachments { get; init; }
    public string? ScheduledAt { get; init; }

    /// <summary>So many mails, told apart by their subjects.</summary>
    public static Mail[] Many(int count) => [.. Enumerable.Range(1, count).Select(n => new Mail { Subject = $"Mail {n}" })];
}
