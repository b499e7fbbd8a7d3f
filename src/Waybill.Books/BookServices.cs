using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Waybill.Engine;
using Waybill.Engine.Catalogue;

namespace Waybill.Books;

/// <summary>Adds a book to the container.</summary>
public static class BookServices
{
    /// <summary>Registers the book, and with the engine what the book brings for it.</summary>
    public static IServiceCollection AddBook(this IServiceCollection services, Book book)
    {
        services.AddSingleton(book);
        services.TryAddSingleton<TenantScopes>();
        foreach (var stream in book.Streams) services.AddSingleton(stream);
        foreach (var alias in book.AccountTemplates) services.AddSingleton(new AccountTemplate(alias));
        foreach (var type in book.EventTypes) services.AddEventType(type);
        foreach (var subscription in book.Subscriptions) services.AddSubscription(subscription);
        foreach (var duty in book.Duties) services.AddDuty(duty);
        book.Settings?.AddTo(services);
        book.AddServices(services);
        return services;
    }
}
