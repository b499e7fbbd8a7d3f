using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Waybill.RacketBook.Demo;

/// <summary>Writes the book for show at the start where it is wanted: by <c>Demo=true</c>, or on a developer's machine.</summary>
sealed class DemoSeed(DemoBook book, IConfiguration configuration, IHostEnvironment environment) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => IsWanted ? book.MakeAsync(cancellationToken) : Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    bool IsWanted => bool.TryParse(configuration["Demo"], out var isAsked) ? isAsked : environment.IsDevelopment();
}
