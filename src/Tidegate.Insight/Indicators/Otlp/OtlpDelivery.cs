using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators.Otlp.Wire;

namespace Tidegate.Insight.Indicators.Otlp;

/// <summary>What came of one request: good and total of a ratio reach objectives together, and the sender learns what was refused.</summary>
internal sealed class OtlpDelivery
{
    private const int MostReasons = 5;

    private readonly Dictionary<(string Series, long Minute), (DateTimeOffset At, Tally Events)> _events = [];
    private readonly List<string> _reasons = [];
    private int _refused;

    /// <summary>Adds events of a series.</summary>
    public void Add(string series, DateTimeOffset at, Tally events)
    {
        if (events == Tally.None) return;
        var key = (series, at.ToUnixTimeSeconds() / 60);
        _events[key] = _events.TryGetValue(key, out var before) ? (before.At > at ? before.At : at, before.Events + events) : (at, events);
    }

    /// <summary>A point was refused.</summary>
    public void Refuse(string metric, string reason)
    {
        _refused++;
        var text = $"{metric}: {reason}";
        if (_reasons.Count < MostReasons && !_reasons.Contains(text, StringComparer.Ordinal)) _reasons.Add(text);
    }

    /// <summary>Brings it to whoever counts.</summary>
    public void Deliver(SeriesHub hub)
    {
        foreach (var ((series, _), (at, events)) in _events) hub.Add(series, at, events);
    }

    /// <summary>What the sender is told: partial success when points were refused, which are not to be sent again.</summary>
    public ExportMetricsServiceResponse Answer() => _refused == 0
        ? new()
        : new() { PartialSuccess = new() { RejectedDataPoints = _refused, ErrorMessage = string.Join("; ", _reasons) } };
}
