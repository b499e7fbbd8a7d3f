using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Waybill.Server.Metrics;

/// <summary>Prometheus' text format, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    /// <summary>Its media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    readonly StringBuilder text = new();

    /// <summary>Labels as they stand between the braces.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach (var (name,
            value) in tags) labels.Append(labels.Length > 0 ? "," : "").Append(Name(name)).Append("=\"").Append(Escaped(value)).Append('"');
        return labels.ToString();
    }

    /// <summary>What was measured by one instrument.</summary>
    public void Write(Instrument instrument, IEnumerable<(string Labels, Series Series)> all)
    {
        var isHistogram = instrument is Histogram<double>;
        var name = Name(instrument.Name) + (isHistogram ? "_seconds" : "_total");
        Head(name, instrument.Description ?? "", isHistogram ? "histogram" : "counter");
        foreach (var (labels, series) in all)
        {
            if (isHistogram) WriteHistogram(name, labels, series);
            else Line(name, labels, series.Read().Sum);
        }
    }

    /// <summary>Something that is looked up now.</summary>
    public void WriteGauge(string name, string description, params (string Labels, double Value)[] values)
    {
        Head(name, description, "gauge");
        foreach (var (labels, value) in values) Line(name, labels, value);
    }

    public override string ToString() => text.ToString();

    void WriteHistogram(string name, string labels, Series series)
    {
        var (sum, count, buckets) = series.Read();
        var before = labels.Length > 0 ? labels + "," : "";
        for (var i = 0; i < buckets.Length; i++) Line(name + "_bucket", $"{before}le=\"{Number(Series.Bounds[i])}\"", buckets[i]);
        Line(name + "_bucket", before + "le=\"+Inf\"", count);
        Line(name + "_sum", labels, sum);
        Line(name + "_count", labels, count);
    }

    void Head(string name, string description, string type) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(description).Append("\n# TYPE ").Append(name).Append(' ').Append(type)
            .Append('\n');

    void Line(string name, string labels, double value) =>
        text.Append(name).Append(labels.Length > 0 ? $"{{{labels}}}" : "").Append(' ').Append(Number(value)).Append('\n');

    static string Name(string name) => name.Replace('.', '_');

    static string Escaped(object? value) => (value?.ToString() ?? "")
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
