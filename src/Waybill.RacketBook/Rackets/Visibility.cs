namespace Waybill.RacketBook.Rackets;

/// <summary>Who sees a racket or a string.</summary>
public enum Visibility
{
    /// <summary>The stringer who wrote it down.</summary>
    Private,

    /// <summary>Everybody: an admin took it into the catalogue.</summary>
    Shared,

    /// <summary>The stringer who wrote it down, and it belongs to one client.</summary>
    OneOff,
}

/// <summary>The words for <see cref="Visibility"/>.</summary>
public static class Visibilities
{
    /// <summary>The word in database, API and exports.</summary>
    public static string Word(this Visibility visibility) => visibility switch
    {
        Visibility.Private => "catalogue_private",
        Visibility.Shared => "catalogue_shared",
        Visibility.OneOff => "one_off",
        _ => throw new System.Diagnostics.UnreachableException($"No word for {visibility}."),
    };

    /// <summary>What a word stands for; null: nothing.</summary>
    public static Visibility? Find(string? word) =>
        Enum.GetValues<Visibility>().Cast<Visibility?>().FirstOrDefault(one => one!.Value.Word() == word);
}
