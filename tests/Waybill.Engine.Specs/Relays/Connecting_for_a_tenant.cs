using Waybill.Engine.Fetching;
using Waybill.Engine.Relays;
using Waybill.Engine.Specs.Databases;
using Waybill.Mime.Addresses;
using Waybill.Smtp;
using Waybill.Testing;
using Xunit;

namespace Waybill.Engine.Specs.Relays;

/// <summary>At the connection, where it counts: what a name stands for may have changed since the relay was made.</summary>
public class Connecting_for_a_tenant
{
    static readonly RelayRoute Smtp = new RelayRoute.Smtp(
        "localhost", FreePorts.Take(), RelaySecurity.None, User: null, HeloName: null, Authorities: null);
    static readonly RelayRoute Resend = new RelayRoute.Resend(new Uri($"http://localhost:{FreePorts.Take()}"));

    public static TheoryData<string> Kinds => ["smtp", "resend"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Does_not_reach_the_net_of_the_operator(string kind)
    {
        Assert.Contains(
            "Waybill does not connect to localhost", await SaidAsync(kind, AllowedNets.None, isOperators: false), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Reaches_what_the_operator_allows(string kind)
    {
        Assert.True(AllowedNets.TryParse(["127.0.0.0/8, ::1"], out var allowed, out _));

        Assert.DoesNotContain("does not connect", await SaidAsync(kind, allowed, isOperators: false), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Is_free_for_the_operator(string kind)
    {
        Assert.DoesNotContain("does not connect", await SaidAsync(kind, AllowedNets.None, isOperators: true), StringComparison.Ordinal);
    }

    /// <summary>What the last stage of a test said; nobody listens.</summary>
    static async Task<string> SaidAsync(string kind, AllowedNets allowed, bool isOperators)
    {
        var clock = TimeProvider.System;
        var factory = new RelayFactory(
            null!, clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<Relay>.Instance, "post.example")
        { Guard = new(allowed) };
        var kept = new RelayRecord(
            Guid.CreateVersion7(Noon.Instant), Engine.Tenancy.TenantId.New(clock), "r", new() { Route = kind == "smtp" ? Smtp : Resend },
            null, 1, Noon.Instant, Noon.Instant);
        await using var relay = factory.Make(kept, kind == "smtp" ? null : "re_123", isOperators);
        return (await new RelayTester(clock).TestAsync(
            relay.Transport, Address.Parse("shop@example.com"), CancellationToken.None))[^1].Said;
    }
}
