using System.CommandLine;
using System.Globalization;
using Waybill.Server.Commands;
using Waybill.Server.Connections;

if (DescriptorLimit.IsTooLowAndSaid()) return 1;

// Whatever LANG says: numbers in answers, logs and pages read the same on every machine.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// SIGTERM is the host's to handle: it lets hand-overs hear the relay's answer, which takes longer than the command line would wait.
return await CommandLine.Build(args).Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
