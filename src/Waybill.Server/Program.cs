using System.CommandLine;
using Waybill.Server.Commands;

// SIGTERM is the host's to handle: it lets hand-overs hear the relay's answer, which takes longer than the command line would wait.
return await CommandLine.Build(args).Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
