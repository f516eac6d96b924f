using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Models.Targets;
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
        CallMetricNames.BreakerState.Gauge(meter, () => OfDestinations(static (d, now) => Number(d.State.Breaker.Position(now))).Concat(OfTargets((t, at) => Number(t.States[at].Breaker.Position(_time.GetTimestamp())))));
        CallMetricNames.DestinationHealthy.Gauge(meter, () => OfDestinations(static (d, now) => Availability.Of(d, now).OffByHealth ? 0 : 1).Concat(OfTargets((t, at) => TargetTrouble.IsKeyOut(t, at, _time) ? 0 : 1)));
        CallMetricNames.ConcurrencyLimit.Gauge(meter, Limits);
    }

    private IEnumerable<Measurement<long>> OfDestinations(Func<DestinationModel, long, long> read)
    {
        var now = _time.GetTimestamp();
        foreach (var service in _services.Current)
            foreach (var destination in service.Destinations)
                yield return new(read(destination, now), new KeyValuePair<string, object?>("service", service.Name), new("destination", destination.Name));
    }

    // Targets of models stand beside destinations, as those of their provider: one for each key.
    private IEnumerable<Measurement<long>> OfTargets(Func<TargetModel, int, long> read)
    {
        foreach (var (target, at) in TargetTrouble.Each(_services.Aliases))
            yield return new(read(target, at), new KeyValuePair<string, object?>("service", target.Provider.Name), new("destination", target.States[at].Name));
    }

    private static long Number(BreakerPosition position) => position switch
    {
        BreakerPosition.Closed => 0,
        BreakerPosition.HalfOpen => 1,
        _ => 2,
    };

    private IEnumerable<Measurement<long>> Limits()
    {
        foreach (var service in _services.Current)
            if (service.Config.Resilience.AdaptiveConcurrency is not null) yield return new(service.State.Adaptive.Limit, new KeyValuePair<string, object?>("service", service.Name));
    }
}
