using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Tidegate.Tests.Support;

/// <summary>
/// A clock that a test moves, and of which it can see who waits for it: time that passes before the product has set its timer does not count for that timer, so a test that
/// moves the clock once waits for the timer first.
/// </summary>
internal sealed class WatchedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly ConcurrentDictionary<Watched, long> _due = new();

    /// <summary>Completes when somebody waits, once and not periodically, for a moment at most this far away.</summary>
    public async Task IsWaitedForAsync(TimeSpan atMost)
    {
        while (!_due.Values.Any(due => due - GetTimestamp() <= atMost.Ticks)) await Task.Delay(1, TestContext.Current.CancellationToken);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Watched(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ITimer Create(TimerCallback callback) => base.CreateTimer(callback, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>A timer whose due time is written down.</summary>
    private sealed class Watched : ITimer
    {
        private readonly WatchedClock _clock;
        private readonly ITimer _inner;

        public Watched(WatchedClock clock, TimerCallback callback, object? state)
        {
            _clock = clock;
            _inner = clock.Create(_ =>
            {
                clock._due.TryRemove(this, out var _);
                callback(state);
            });
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < TimeSpan.Zero || period > TimeSpan.Zero) _clock._due.TryRemove(this, out _);
            else _clock._due[this] = _clock.GetTimestamp() + dueTime.Ticks; // before it can fire, which takes it out
            return _inner.Change(dueTime, period);
        }

        public void Dispose()
        {
            _clock._due.TryRemove(this, out _);
            _inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
