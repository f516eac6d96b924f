using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Health;

/// <summary>States that are read when somebody looks.</summary>
internal sealed class HealthMetrics
{
    private readonly RunningServices _services;
    private readonly TimeProvider _time;

    public HealthMetrics(RunningServices services, TimeProvider time, Meter meter)
    {
        (_services, _time) = (services, time);
        CallMetricNames.BreakerState.Gauge(meter, () => OfDestinations(static (d, now) => d.State.Breaker.Position(now) switch
        {
            BreakerPosition.Closed => 0,
            BreakerPosition.HalfOpen => 1,
            _ => 2,
        }));
        CallMetricNames.DestinationHealthy.Gauge(meter, () => OfDestinations(static (d, now) => Availability.Of(d, now).OffByHealth ? 0 : 1));
        CallMetricNames.ConcurrencyLimit.Gauge(meter, Limits);
    }

    private IEnumerable<Measurement<long>> OfDestinations(Func<DestinationModel, long, long> read)
    {
        var now = _time.GetTimestamp();
        foreach (var service in _services.Current)
            foreach (var destination in service.Destinations)
                yield return new(read(destination, now), new KeyValuePair<string, object?>("service", service.Name), new("destination", destination.Name));
    }

    private IEnumerable<Measurement<long>> Limits()
    {
        foreach (var service in _services.Current)
            if (service.Config.Resilience.AdaptiveConcurrency is not null) yield return new(service.State.Adaptive.Limit, new KeyValuePair<string, object?>("service", service.Name));
    }
}
