using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;

namespace Tidegate.Gateway.Request.Record;

/// <summary>The metrics of calls. Counts are exact and kept whether or not anybody listens; durations go to who listens.</summary>
internal sealed class CallMetrics
{
    private static readonly string[] Kinds = ["first", "retry", "hedge", "fallback"];

    private readonly ConcurrentDictionary<(string Route, string Service), CallCounters> _counters = new();
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _attemptDuration;
    private readonly Counter<long> _attempts;

    public CallMetrics(Meter meter)
    {
        NoRoute = For("", "");
        _duration = CallMetricNames.CallDuration.Histogram(meter);
        _attemptDuration = CallMetricNames.AttemptDuration.Histogram(meter);
        _attempts = CallMetricNames.Attempts.Counter(meter);
        CallMetricNames.Calls.Counter(meter, Calls);
        CallMetricNames.RequestBytes.Counter(meter, () => Bytes(static c => c.RequestBytes));
        CallMetricNames.ResponseBytes.Counter(meter, () => Bytes(static c => c.ResponseBytes));
    }

    /// <summary>Counters of calls that no route took.</summary>
    public CallCounters NoRoute { get; }

    /// <summary>The counters of a route and a service; the same object for the same names, for ever.</summary>
    public CallCounters For(string route, string service) => _counters.GetOrAdd((route, service), static key => new CallCounters(key.Route, key.Service));

    /// <summary>Counts a finished call.</summary>
    public void Add(CallRecord record, CallCounters counters)
    {
        counters.Add(record);
        if (_duration.Enabled) _duration.Record(record.DurationUs * 1e-6, new("route", record.Route), new("service", record.Service));
        if (!_attempts.Enabled && !_attemptDuration.Enabled) return;
        for (var i = 0; i < record.AttemptCount; i++) AddAttempt(record.Service, record.Attempt(i));
    }

    private void AddAttempt(string service, in AttemptRecord attempt)
    {
        var tags = new TagList
        {
            { "service", service }, { "destination", attempt.Destination }, { "kind", Kinds[(int)attempt.Kind] }, { "outcome", attempt.Outcome.Word() },
        };
        _attempts.Add(1, tags);
        _attemptDuration.Record(attempt.DurationUs * 1e-6, new("service", service), new("destination", attempt.Destination));
    }

    private IEnumerable<Measurement<long>> Calls()
    {
        foreach (var counters in _counters.Values)
            foreach (var cell in counters.Cells)
            {
                yield return new(Interlocked.Read(ref cell.Count), new KeyValuePair<string, object?>("route", counters.Route), new("service", counters.Service),
                    new("outcome", cell.Outcome.Word()), new("code", cell.Status.ToString()));
            }
    }

    private IEnumerable<Measurement<long>> Bytes(Func<CallCounters, long> read)
    {
        foreach (var counters in _counters.Values)
            if (!counters.IsEmpty) yield return new(read(counters), new KeyValuePair<string, object?>("route", counters.Route), new("service", counters.Service));
    }
}
