namespace Waybill.Server.Commands;

/// <summary><c>waybill send-test</c>.</summary>
internal static class SendTestCommand
{
    public static Task<int> RunAsync(string to, string? from, CancellationToken cancellationToken) => Terminal.RunAsync(
        verbs => verbs.SendTestAsync(to, from, cancellationToken),
        report =>
        {
            if (report.Dialogue is not null) Console.Out.WriteLine(report.Dialogue);
            Console.Out.WriteLine($"{report.Status}: {report.Reason}");
            Console.Out.WriteLine($"message {report.Id}");
        },
        cancellationToken,
        report => report.Status is "sent" ? 0 : 1);
}
