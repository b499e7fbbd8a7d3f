using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine.Catalogue;
using Waybill.Engine.Routing;
using Waybill.Engine.Tenancy;

namespace Waybill.Books;

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

    /// <summary>The assembly that carries its schema scripts under <c>Storage/Schema/</c>; null: it has no tables.</summary>
    public Assembly? Schema { get; init; }

    /// <summary>The templates that ship with it.</summary>
    public IReadOnlyList<ShippedTemplate> Templates { get; init; } = [];

    /// <summary>The aliases of those among them whose mails make or open accounts.</summary>
    public IReadOnlyList<string> AccountTemplates { get; init; } = [];

    /// <summary>Itself as the settings want it; each wrong one becomes a sentence that names it.</summary>
    public Func<IConfiguration, ICollection<string>, Book>? Configure { get; init; }

    /// <summary>What it adds to the container.</summary>
    public Action<IServiceCollection> AddServices { get; init; } = _ => { };

    /// <summary>Its routes, all below its name.</summary>
    public Action<IEndpointRouteBuilder> Map { get; init; } = _ => { };

    /// <summary>Takes a file of its own kind in, for <c>waybill import</c>; null: it takes none.</summary>
    public Func<IServiceProvider, BookImport, CancellationToken, Task<BookImported>>? ImportAsync { get; init; }

    /// <summary>The page where its people begin, e.g. <c>/racketbook</c>; null: it has none.</summary>
    public string? Home { get; init; }

    /// <summary>Whether a tenant is one of its.</summary>
    public Func<IServiceProvider, TenantId, CancellationToken, ValueTask<bool>> HasAsync { get; init; } = (_, _, _) => ValueTask.FromResult(false);
}

/// <summary>A file that is to be taken in.</summary>
/// <param name="File">It; it can be sought in.</param>
/// <param name="For">Whose: the address of an account of the book's.</param>
/// <param name="IsRehearsal">Whether only to say what would become of it.</param>
public sealed record BookImport(Stream File, string For, bool IsRehearsal);

/// <summary>What taking a file in came to.</summary>
/// <param name="IsTaken">Whether it could be read, and whoever it is for is known.</param>
/// <param name="Lines">What a person is told.</param>
public sealed record BookImported(bool IsTaken, IReadOnlyList<string> Lines);
