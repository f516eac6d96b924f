using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Health;

/// <summary>Tells of every change of a destination's state once: one log line and one count.</summary>
internal sealed partial class DestinationEvents(ILogger<DestinationEvents> logger, Meter meter)
{
    private readonly Counter<long> _breakers = CallMetricNames.BreakerChanges.Counter(meter);
    private readonly Counter<long> _ejections = CallMetricNames.Ejections.Counter(meter);

    /// <summary>A breaker opened by itself.</summary>
    public void BreakerOpened(DestinationState destination, string reason, TimeSpan cooldown)
    {
        Log.BreakerOpened(logger, destination.Name, destination.Service.Name, cooldown.TotalSeconds, reason);
        CountBreaker(destination, "open");
    }

    /// <summary>A cooldown has ended and the first probe goes.</summary>
    public void BreakerHalfOpen(DestinationState destination)
    {
        Log.BreakerHalfOpen(logger, destination.Name, destination.Service.Name);
        CountBreaker(destination, "half_open");
    }

    /// <summary>A probe succeeded.</summary>
    public void BreakerClosed(DestinationState destination)
    {
        Log.BreakerClosed(logger, destination.Name, destination.Service.Name);
        CountBreaker(destination, "closed");
    }

    /// <summary>Somebody holds a breaker.</summary>
    public void BreakerForced(DestinationState destination, BreakerOverride forced)
    {
        Log.BreakerForced(logger, destination.Name, destination.Service.Name, forced.Open ? "open" : "closed", forced.Reason);
        CountBreaker(destination, forced.Open ? "open" : "closed");
    }

    /// <summary>Nobody holds a breaker any more.</summary>
    public void BreakerReleased(DestinationState destination) => Log.BreakerReleased(logger, destination.Name, destination.Service.Name);

    /// <summary>A destination was ejected.</summary>
    /// <param name="destination">Which.</param>
    /// <param name="rule">Word for the metric: consecutive_failures, error_ratio, latency.</param>
    /// <param name="reason">What was seen.</param>
    /// <param name="time">For how long.</param>
    public void Ejected(DestinationState destination, string rule, string reason, TimeSpan time)
    {
        Log.Ejected(logger, destination.Name, destination.Service.Name, time.TotalSeconds, reason);
        _ejections.Add(1, new("service", destination.Service.Name), new("destination", destination.Name), new("reason", rule));
    }

    /// <summary>Active checks changed their mind.</summary>
    public void Healthy(DestinationState destination) => Log.Healthy(logger, destination.Name, destination.Service.Name);

    /// <summary>Active checks changed their mind.</summary>
    public void Unhealthy(DestinationState destination, string reason) => Log.Unhealthy(logger, destination.Name, destination.Service.Name, reason);

    private void CountBreaker(DestinationState destination, string to) =>
        _breakers.Add(1, new("service", destination.Service.Name), new("destination", destination.Name), new("to", to));

    private static partial class Log
    {
        [LoggerMessage(1501, LogLevel.Warning, "Breaker of '{Destination}' of service '{Service}' opened for {Seconds:0.#} s: {Reason}")]
        public static partial void BreakerOpened(ILogger logger, string destination, string service, double seconds, string reason);

        [LoggerMessage(1502, LogLevel.Information, "Breaker of '{Destination}' of service '{Service}' is half-open: one call probes it")]
        public static partial void BreakerHalfOpen(ILogger logger, string destination, string service);

        [LoggerMessage(1503, LogLevel.Information, "Breaker of '{Destination}' of service '{Service}' closed: its probe succeeded")]
        public static partial void BreakerClosed(ILogger logger, string destination, string service);

        [LoggerMessage(1504, LogLevel.Warning, "Breaker of '{Destination}' of service '{Service}' is held {Position} by hand: {Reason}")]
        public static partial void BreakerForced(ILogger logger, string destination, string service, string position, string reason);

        [LoggerMessage(1505, LogLevel.Warning, "Breaker of '{Destination}' of service '{Service}' is no longer held by hand")]
        public static partial void BreakerReleased(ILogger logger, string destination, string service);

        [LoggerMessage(1801, LogLevel.Warning, "'{Destination}' of service '{Service}' is ejected for {Seconds:0.#} s: {Reason}")]
        public static partial void Ejected(ILogger logger, string destination, string service, double seconds, string reason);

        [LoggerMessage(1802, LogLevel.Information, "'{Destination}' of service '{Service}' is healthy")]
        public static partial void Healthy(ILogger logger, string destination, string service);

        [LoggerMessage(1803, LogLevel.Warning, "'{Destination}' of service '{Service}' is unhealthy: {Reason}")]
        public static partial void Unhealthy(ILogger logger, string destination, string service, string reason);
    }
}
