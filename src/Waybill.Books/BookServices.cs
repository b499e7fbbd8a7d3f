using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Waybill.Engine.Catalogue;

namespace Waybill.Books;

/// <summary>Adds a book to the container.</summary>
public static class BookServices
{
    /// <summary>The book, and what the engine has to know of it.</summary>
    public static IServiceCollection AddBook(this IServiceCollection services, Book book)
    {
        services.AddSingleton(book);
        services.TryAddSingleton<TenantScopes>();
        foreach (var stream in book.Streams) services.AddSingleton(stream);
        foreach (var alias in book.AccountTemplates) services.AddSingleton(new AccountTemplate(alias));
        book.AddServices(services);
        return services;
    }
}
