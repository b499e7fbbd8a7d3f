namespace Waybill.Engine.Secrets;

/// <summary>
/// What binds a sealed value to its row, so that it opens nowhere else. Whoever seals takes its context from here, and
/// <see cref="SealedPlace"/> knows all of them without knowing who seals.
/// </summary>
internal static class SealingContext
{
    public static string Relay(Guid id) => $"relay {id:D}";

    public static string Authenticator(Guid person) => $"authenticator {person:D}";

    public static string Event(Guid id) => $"event {id:D}";

    public static string MessageParts(Guid tenant) => $"message parts of {tenant:D}";
}
