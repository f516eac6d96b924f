using Tidegate.Core.Calls;
using Tidegate.Core.Windows;
using Tidegate.Insight.CallLog.Writing;

namespace Tidegate.Insight.CallLog;

/// <summary>
/// Numbers of the last minutes by route, in memory: what a screen asks every second, without a query. Percentiles are merged from histograms
/// (<see cref="LatencyHistogram"/>) and so within its error. Costs at most <see cref="Minutes"/> x <see cref="MaxRoutes"/> histograms.
/// </summary>
public sealed class LiveCalls(TimeProvider time) : ICallWatcher
{
    /// <summary>Minutes remembered.</summary>
    public const int Minutes = 15;

    /// <summary>Routes told apart in a minute; calls of further ones are counted together.</summary>
    public const int MaxRoutes = 500;

    /// <summary>Stands for the routes beyond <see cref="MaxRoutes"/>. Not a legal name of a route.</summary>
    public const string Rest = "(other)";

    private readonly Lock _gate = new();
    private readonly (long Minute, Dictionary<string, RouteNumbers> Routes)[] _ring =
        [.. Enumerable.Range(0, Minutes).Select(_ => (-1L, new Dictionary<string, RouteNumbers>(StringComparer.Ordinal)))];

    /// <summary>The last minutes, the running one included, most calls first.</summary>
    /// <param name="minutes">1 to <see cref="Minutes"/>.</param>
    public IReadOnlyList<CallTopRow> Read(int minutes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minutes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minutes, Minutes);
        var now = Now();
        var merged = new Dictionary<string, RouteNumbers>(StringComparer.Ordinal);
        lock (_gate)
        {
            foreach (var (minute, routes) in _ring)
            {
                if (minute <= now - minutes || minute > now) continue;
                foreach (var (route, numbers) in routes) Of(merged, route).Add(numbers);
            }
        }
        return [.. merged.Select(m => new CallTopRow(m.Key, m.Value.Read())).OrderByDescending(r => r.Numbers.Count).ThenBy(r => r.Key, StringComparer.Ordinal)];
    }

    void ICallWatcher.Saw(IReadOnlyList<CallRecord> calls)
    {
        var now = Now();
        lock (_gate)
        {
            ref var slot = ref _ring[now % Minutes];
            if (slot.Minute != now)
            {
                slot.Minute = now;
                slot.Routes.Clear();
            }
            foreach (var call in calls)
            {
                if (call.Shadow is not null) continue; // nobody's call
                Of(slot.Routes, slot.Routes.Count < MaxRoutes || slot.Routes.ContainsKey(call.Route) ? call.Route : Rest).Add(call);
            }
        }
    }

    private long Now() => time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;

    private static RouteNumbers Of(Dictionary<string, RouteNumbers> routes, string route)
    {
        if (!routes.TryGetValue(route, out var numbers)) routes.Add(route, numbers = new());
        return numbers;
    }

    private sealed class RouteNumbers
    {
        private readonly LatencyHistogram _durations = new();
        private long _errors, _requestBytes, _responseBytes, _max;

        public void Add(CallRecord call)
        {
            _durations.Record(call.DurationUs);
            if (call.Outcome.IsServiceFailure()) _errors++;
            _requestBytes += call.RequestBytes;
            _responseBytes += call.ResponseBytes;
            _max = Math.Max(_max, call.DurationUs);
        }

        public void Add(RouteNumbers other)
        {
            _durations.Add(other._durations);
            _errors += other._errors;
            _requestBytes += other._requestBytes;
            _responseBytes += other._responseBytes;
            _max = Math.Max(_max, other._max);
        }

        public CallNumbers Read() => new(
            _durations.Count, _errors, (double)_errors / _durations.Count, _durations.Percentile(0.5), _durations.Percentile(0.9), _durations.Percentile(0.95),
            _durations.Percentile(0.99), _max, _durations.Sum, _requestBytes, _responseBytes);
    }
}
