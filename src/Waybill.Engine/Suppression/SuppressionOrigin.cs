using System.Diagnostics;

namespace Waybill.Engine.Suppression;

/// <summary>What brought a suppression about.</summary>
public enum SuppressionOrigin
{
    /// <summary>The address does not exist, a report said.</summary>
    Bounce,

    /// <summary>The recipient called a message spam.</summary>
    Complaint,

    /// <summary>Somebody put it on the list.</summary>
    Manual,

    /// <summary>The recipient unsubscribed.</summary>
    Unsubscribe,
}

/// <summary>The words for <see cref="SuppressionOrigin"/>.</summary>
public static class SuppressionOriginWords
{
    static readonly Dictionary<string, SuppressionOrigin> ByWord = Enum.GetValues<SuppressionOrigin>()
        .ToDictionary(Word, StringComparer.Ordinal);

    /// <summary>The word that stands for an origin everywhere.</summary>
    public static string Word(this SuppressionOrigin origin) => origin switch
    {
        SuppressionOrigin.Bounce => "bounce",
        SuppressionOrigin.Complaint => "complaint",
        SuppressionOrigin.Manual => "manual",
        SuppressionOrigin.Unsubscribe => "unsubscribe",
        _ => throw new UnreachableException($"No word for {origin}."),
    };

    /// <summary>The origin that a word stands for; null when it stands for none.</summary>
    public static SuppressionOrigin? Find(string word) => ByWord.TryGetValue(word, out var origin) ? origin : null;
}
