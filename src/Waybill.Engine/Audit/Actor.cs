namespace Waybill.Engine.Audit;

/// <summary>Who acts, and from where, as the audit keeps it.</summary>
/// <param name="Person">The person; null: nobody who is signed in, or the program itself.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Address">The address of their machine; empty for the program itself.</param>
public sealed record Actor(PersonId? Person, string Name, string Address)
{
    /// <summary>Whoever may run the program on its own machine.</summary>
    public static Actor CommandLine { get; } = new(null, "command line", "");

    /// <summary>Somebody who is not signed in.</summary>
    public static Actor Somebody(string address) => new(null, "", address);
}
