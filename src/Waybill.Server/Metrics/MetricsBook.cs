using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Waybill.Engine.Counting;

namespace Waybill.Server.Metrics;

/// <summary>Keeps what the engine's instruments measured since the start.</summary>
internal sealed class MetricsBook : IDisposable
{
    readonly MeterListener listener = new();
    readonly ConcurrentDictionary<(Instrument Instrument, string Labels), Series> series = new();

    public MetricsBook()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == Instruments.MeterName) listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    /// <summary>All there is, by instrument and labels.</summary>
    public IEnumerable<IGrouping<Instrument, (string Labels, Series Series)>> Read() => series
        .OrderBy(one => one.Key.Instrument.Name, StringComparer.Ordinal).ThenBy(one => one.Key.Labels, StringComparer.Ordinal)
        .GroupBy(one => one.Key.Instrument, one => (one.Key.Labels, one.Value));

    public void Dispose() => listener.Dispose();

    void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => series
        .GetOrAdd((instrument, PrometheusText.Labels(tags)), key => new(key.Instrument is Histogram<double>))
        .Add(value);
}
