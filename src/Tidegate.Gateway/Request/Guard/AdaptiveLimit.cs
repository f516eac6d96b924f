using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request.Admit;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>A concurrency limit that finds itself, and sheds the least important calls first. Its own lease, like <see cref="Bulkhead"/>.</summary>
internal sealed class AdaptiveLimit(TimeProvider time) : ILease
{
    /// <summary>Fewest answers that say something, and shortest time in which they do.</summary>
    private const int WindowAnswers = 10;

    // Shares of the limit by priority class: what is left of it is kept for more important calls. Critical ones stop at the hard maximum only.
    private static readonly double[] Shares = [0.7, 0.9, 1.0];

    private readonly Lock _gate = new();
    private readonly long _windowTicks = Ticks.Of(time, TimeSpan.FromMilliseconds(100));
    private ILimitPolicy? _policy;
    private int _inFlight, _peak, _answers, _timed, _failures;
    private double _limit, _latency;
    private long _windowStart;

    /// <summary>Calls in flight.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>The limit in force; 0 before the first call.</summary>
    public int Limit => (int)Volatile.Read(ref _limit);

    /// <summary>Takes a place; false sheds the call.</summary>
    public bool TryEnter(AdaptiveConcurrencyConfig config, PriorityClass priority)
    {
        var limit = Volatile.Read(ref _limit);
        if (limit == 0) Volatile.Write(ref _limit, limit = Math.Clamp(config.Initial, config.Minimum, config.Maximum));
        limit = Math.Clamp(limit, config.Minimum, config.Maximum); // a new document's bounds hold at once
        var allowed = priority == PriorityClass.Critical ? config.Maximum : Math.Max(1, (int)(limit * Shares[(int)priority]));
        var inFlight = Volatile.Read(ref _inFlight);
        while (inFlight < allowed)
        {
            var seen = Interlocked.CompareExchange(ref _inFlight, inFlight + 1, inFlight);
            if (seen == inFlight)
            {
                if (inFlight + 1 > Volatile.Read(ref _peak)) Volatile.Write(ref _peak, inFlight + 1); // a lost race costs one call of accuracy
                return true;
            }

            inFlight = seen;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Release() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Takes an answer, or its absence, into account; a negative latency says nothing about how long answers take.</summary>
    public void Observe(AdaptiveConcurrencyConfig config, long now, long latency, bool failed)
    {
        lock (_gate)
        {
            if (_answers == 0) _windowStart = now;
            _answers++;
            if (latency >= 0)
            {
                _timed++;
                _latency += latency;
            }

            if (failed) _failures++;
            if (_answers < WindowAnswers || now - _windowStart < _windowTicks) return;
            if (_policy?.Name != config.Algorithm) _policy = LimitPolicies.Create(config.Algorithm);
            var next = _policy.Next(_limit, new LimitWindow(_timed == 0 ? 0 : _latency / _timed, _failures, Volatile.Read(ref _peak)));
            Volatile.Write(ref _limit, Math.Clamp(next, config.Minimum, config.Maximum));
            Volatile.Write(ref _peak, InFlight);
            (_answers, _timed, _failures, _latency) = (0, 0, 0, 0);
        }
    }
}
