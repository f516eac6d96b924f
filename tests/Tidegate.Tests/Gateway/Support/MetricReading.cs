using System.Diagnostics.Metrics;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>What the observed instruments of a meter say now.</summary>
internal static class MetricReading
{
    /// <summary>Values by <c>name{label=value,...}</c>, labels in order; only metrics whose name begins with <paramref name="prefix"/>.</summary>
    public static IReadOnlyDictionary<string, double> Of(Meter meter, string prefix)
    {
        var seen = new SortedDictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (ReferenceEquals(instrument.Meter, meter) && instrument.Name.StartsWith(prefix, StringComparison.Ordinal)) l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument.Name, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;

        void Note(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            seen[$"{name}{{{string.Join(',', tags.ToArray().OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={t.Value}"))}}}"] = value;
    }
}
