using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Routing;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Books;

/// <summary>
/// A back office that stands on the engine: what it brings along. The server alone knows which there are, and the setting Modules which
/// of them are on. One that is off leaves nothing behind.
/// </summary>
public sealed record Book
{
    /// <summary>The word for it in settings and routes, e.g. <c>racketbook</c>: lower-case letters.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public string Title { get; init; } = "";

    /// <summary>Its streams as they are by default; each name begins with the book's and a dot.</summary>
    public IReadOnlyList<StreamPolicy> Streams { get; init; } = [];

    /// <summary>The assembly that carries its schema scripts under <c>Storage/Schema/{provider}</c>; null: it has no tables.</summary>
    public Assembly? Schema { get; init; }

    /// <summary>The templates that ship with it.</summary>
    public IReadOnlyList<ShippedTemplate> Templates { get; init; } = [];

    /// <summary>Itself as the settings want it; each wrong one becomes a sentence that names it.</summary>
    public Func<IConfiguration, ICollection<string>, Book>? Configure { get; init; }

    /// <summary>What it adds to the container.</summary>
    public Action<IServiceCollection> AddServices { get; init; } = _ => { };

    /// <summary>Its routes, all below its name.</summary>
    public Action<IEndpointRouteBuilder> Map { get; init; } = _ => { };

    /// <summary>The page where the people of a tenant begin; null: the tenant is none of its.</summary>
    public Func<IServiceProvider, TenantId, CancellationToken, ValueTask<string?>> HomeAsync { get; init; } = (_, _, _) => ValueTask.FromResult<string?>(null);
}
