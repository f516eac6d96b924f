using Tidegate.Core.Resources.Services;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>
/// Follows the ratio of long-term to recent latency: when answers take longer than they use to, calls are queueing, and the limit falls in proportion; else it
/// rises by the square root of itself, the queue it allows. (Netflix concurrency-limits, "Gradient2"; the constants are its defaults.)
/// </summary>
internal sealed class GradientPolicy : ILimitPolicy
{
    private const double Tolerance = 1.5, Smoothing = 0.2, LongestMemory = 600;

    private double _usual;
    private double _windows;

    /// <inheritdoc/>
    public AdaptiveAlgorithm Name => AdaptiveAlgorithm.Gradient;

    /// <inheritdoc/>
    public double Next(double limit, in LimitWindow window)
    {
        if (window.Latency <= 0) return limit; // nothing but failures: how long answers take is not known
        _windows = Math.Min(_windows + 1, LongestMemory);
        _usual += (window.Latency - _usual) / _windows;
        // After a slow spell the memory is too pessimistic to notice the next one: let it go faster.
        if (_usual > 2 * window.Latency) _usual *= 0.95;
        if (window.PeakInFlight < limit / 2) return limit; // not the limit's doing
        var gradient = Math.Clamp(Tolerance * _usual / window.Latency, 0.5, 1);
        return (limit * (1 - Smoothing)) + (((limit * gradient) + Math.Sqrt(limit)) * Smoothing);
    }
}
