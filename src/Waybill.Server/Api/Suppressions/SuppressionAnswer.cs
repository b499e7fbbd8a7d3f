using Waybill.Engine.Suppression;
using Waybill.Server.Http;

namespace Waybill.Server.Api.Suppressions;

/// <summary>What is on the list, in the words of Resend's API; <c>stream</c> and the origin <c>unsubscribe</c> are ours.</summary>
internal record SuppressionRow
{
    public SuppressionRow(SuppressedAddress suppression)
    {
        Id = suppression.Id;
        Email = suppression.Email;
        Origin = suppression.Origin.Word();
        SourceId = suppression.Source;
        CreatedAt = suppression.CreatedAt.OnTheWire();
        Stream = suppression.Stream;
    }

    public Guid Id { get; }

    public string Email { get; }

    public string Origin { get; }

    public Guid? SourceId { get; }

    public string CreatedAt { get; }

    /// <summary>The stream that it is about; null: all.</summary>
    public string? Stream { get; }
}

/// <summary>One by itself.</summary>
internal sealed record SuppressionAnswer(SuppressedAddress Suppression) : SuppressionRow(Suppression)
{
    public string Object { get; } = "suppression";

    [System.Text.Json.Serialization.JsonIgnore]
    public SuppressedAddress Suppression { get; } = Suppression;
}

/// <summary>A page, newest first.</summary>
internal sealed record SuppressionListAnswer(bool HasMore, IReadOnlyList<SuppressionRow> Data)
{
    public string Object { get; } = "list";
}

/// <summary>Names one that is on the list.</summary>
internal sealed record SuppressionReference(Guid Id)
{
    public string Object { get; } = "suppression";
}

/// <summary>Names those that a batch is about.</summary>
internal sealed record SuppressionReferences(IReadOnlyList<SuppressionReference> Data);

/// <summary>Names one that was on the list, or was not.</summary>
internal sealed record RemovedSuppression(Guid Id, bool Deleted)
{
    public string Object { get; } = "suppression";
}

/// <summary>Names those that a batch removed.</summary>
internal sealed record RemovedSuppressions(IReadOnlyList<RemovedSuppression> Data);
