using System.CommandLine;
using System.Globalization;
using Waybill.Books;
using Waybill.Server.Commands;
using Waybill.Server.Connections;

namespace Waybill.Server.Hosting;

/// <summary>The program: the command line and the server, with the books that it is given.</summary>
public static class WaybillProgram
{
    /// <summary>Runs a verb, or the server until it is told to stop, and gives the exit code.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="books">The books in the box; the setting Modules chooses among them.</param>
    public static async Task<int> RunAsync(string[] args, IReadOnlyList<Book> books)
    {
        if (DescriptorLimit.IsTooLowAndSaid()) return 1;

        // Whatever LANG says: numbers in answers, logs and pages read the same on every machine.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        // SIGTERM is the host's to handle: it lets hand-overs hear the relay's answer, which takes longer than the command line would wait.
        return await CommandLine.Build(args, books).Parse(args)
            .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }
}
