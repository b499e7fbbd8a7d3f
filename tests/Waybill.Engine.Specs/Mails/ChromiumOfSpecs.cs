using Waybill.Testing.Real;
using Xunit;

namespace Waybill.Engine.Specs.Mails;

/// <summary>One Chromium for the specs of a class.</summary>
public sealed class ChromiumOfSpecs : IAsyncLifetime
{
    public Chromium Chromium { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Chromium = await Chromium.StartAsync();

    public ValueTask DisposeAsync() => Chromium.DisposeAsync();
}
