using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Waybill.Engine.Specs.Databases;

/// <summary>A log that specs can read.</summary>
internal sealed class KeptLog<T> : ILogger<T>
{
    readonly ConcurrentQueue<(LogLevel Level, string Line)> lines = [];

    public IReadOnlyList<(LogLevel Level, string Line)> Lines => [.. lines];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue((logLevel, formatter(state, exception)));
}
