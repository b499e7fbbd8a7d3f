using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Waybill.Engine.Bus;
using Waybill.Engine.Duties;
using Waybill.Engine.Sending;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Leasing;

public sealed class Stopping_a_node() : DatabaseContract(Provider.Sqlite)
{
    /// <summary>
    /// A host stops the service that it started last first, and waits for it. A relay may take longer to answer than a lease holds.
    /// </summary>
    [Fact]
    public void Renews_its_leases_until_what_delivers_and_what_handles_have_stopped()
    {
        var started = new ServiceCollection().AddEngine(Database).AddDelivery(Database).AddBus()
            .Where(service => service.ServiceType == typeof(IHostedService)).Select(Type).ToList();

        Assert.All(
            [typeof(DeliveryWorker), typeof(BusWorker)],
            worker => Assert.InRange(started.IndexOf(typeof(DutyRunner)), 0, started.IndexOf(worker) - 1));
    }

    static Type Type(ServiceDescriptor service) =>
        service.ImplementationType ?? service.ImplementationFactory!.GetType().GenericTypeArguments[1];
}
