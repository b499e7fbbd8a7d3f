namespace Waybill.Server.Commands;

/// <summary><c>waybill people reset ADDRESS</c>: the way back in for who cannot be sent a mail.</summary>
internal static class PeopleCommand
{
    public static Task<int> ResetAsync(string address, CancellationToken cancellationToken) => Terminal.RunAsync(
        verbs => verbs.MakeResetLinkAsync(address, cancellationToken),
        made =>
        {
            Console.Out.WriteLine(made.Url);
            Console.Error.WriteLine($"{made.Email} chooses a new password there: once, until {made.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm'Z'}. A second factor is asked for as before.");
        },
        cancellationToken);
}
