using Waybill.Engine.Storage;
using Waybill.Server.Configuration;
using Waybill.Server.Hosting;

namespace Waybill.Server.Commands;

/// <summary><c>waybill serve</c>.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        try
        {
            await ServerHost.RunAsync(args, cancellationToken);
            return 0;
        }
        catch (Exception told) when (told is WrongSettingsException or StorageException or SchemaMismatchException)
        {
            await Console.Error.WriteLineAsync("Waybill cannot start:");
            return await Terminal.RefuseAsync(told.Message);
        }
        catch (IOException busy) when (busy.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync("Waybill cannot start:");
            return await Terminal.RefuseAsync($"{busy.Message} Stop the other program, or choose another port with --urls http://localhost:8081.");
        }
    }
}
