// Run as a program, the hook takes the steps it is given and names each afterwards: something small to try it on.
using System.Diagnostics;

using var steps = new DiagnosticListener("Waybill.Step");
foreach (var step in args)
{
    steps.Write(step, null);
    Console.WriteLine(step);
}
