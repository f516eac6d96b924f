using Tidegate.Insight.Indicators.Otlp.Wire;

namespace Tidegate.Insight.Indicators.Otlp;

/// <summary>Takes metrics that are pushed in: points that objectives ask for are counted, all others are passed over, those that cannot be true are refused with the reason.</summary>
internal sealed class OtlpReceiver(OtlpSource source, SeriesHub hub, TimeProvider time)
{
    /// <summary>What is older counts no more: nobody remembers whether it was counted.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(24);

    /// <summary>Clocks differ; what is from further ahead is not believed.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    /// <summary>Senders that are remembered. Streams of others count from their first point.</summary>
    private const int MostOrigins = 20_000;

    private readonly Dictionary<string, (ulong First, DateTimeOffset Heard)> _origins = new(StringComparer.Ordinal);
    private DateTimeOffset _tidied;

    /// <summary>Takes what was pushed, all of it or, where points are refused, the rest.</summary>
    public ExportMetricsServiceResponse Take(ExportMetricsServiceRequest request) => source.Exclusively(asked =>
    {
        var delivery = new OtlpDelivery();
        var now = time.GetUtcNow();
        foreach (var resource in request.ResourceMetrics)
        {
            foreach (var scope in resource.ScopeMetrics)
            {
                foreach (var metric in scope.Metrics)
                {
                    if (!asked.Contains(metric.Name)) continue;
                    foreach (var (attributes, read) in OtlpPoints.Of(metric, $"{scope.Scope?.Name} {scope.Scope?.Version}", resource.Resource)) Take(asked[metric.Name], metric.Name, attributes, read, now, delivery);
                }
            }
        }

        Tidy(asked, now);
        delivery.Deliver(hub);
        return delivery.Answer();
    });

    private void Take(IEnumerable<(OtlpCounting Counting, OtlpSelector Selector)> asked, string metric, OtlpAttributes attributes, Func<OtlpPart, double, OtlpPoint?> read, DateTimeOffset now, OtlpDelivery delivery)
    {
        string? refused = null;
        foreach (var (counting, selector) in asked)
        {
            try
            {
                if (read(selector.Part, counting.Indicator.Border) is not { } point) continue;
                var at = At(point.Time, now);
                // A stream that its sender did not have before began at nothing in between.
                var known = _origins.TryGetValue(attributes.Origin, out var sender) && sender.First < point.Time;
                if (sender.First > 0 || _origins.Count < MostOrigins) _origins[attributes.Origin] = (sender.First > 0 ? sender.First : point.Time, now);
                if (selector.Matches(attributes)) delivery.Add(counting.Indicator.Series, at, counting.Take(selector.Part, point, attributes.Stream, known, now));
            }
            catch (FormatException wrong)
            {
                if (!selector.Matches(attributes)) continue;
                counting.Refuse(wrong.Message, now);
                refused = wrong.Message;
            }
        }

        if (refused is not null) delivery.Refuse(metric, refused);
    }

    private static DateTimeOffset At(ulong nanoseconds, DateTimeOffset now)
    {
        if (nanoseconds == 0) throw new FormatException("it has no time");
        var at = DateTimeOffset.FromUnixTimeMilliseconds((long)(nanoseconds / 1_000_000));
        if (at > now + Ahead) throw new FormatException($"its time {at:u} is ahead of ours");
        if (at < now - Oldest) throw new FormatException($"its time {at:u} is more than a day ago");
        return at > now ? now : at;
    }

    private void Tidy(ILookup<string, (OtlpCounting Counting, OtlpSelector Selector)> asked, DateTimeOffset now)
    {
        if (now - _tidied < TimeSpan.FromHours(1)) return;
        _tidied = now;
        foreach (var (origin, sender) in _origins)
            if (now - sender.Heard > Oldest) _origins.Remove(origin);
        foreach (var counting in asked.SelectMany(a => a).Select(a => a.Counting).Distinct()) counting.Forget(now);
    }
}
