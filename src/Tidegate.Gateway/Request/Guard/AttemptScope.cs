namespace Tidegate.Gateway.Request.Guard;

/// <summary>
/// What can end an attempt: the caller leaving, a due time, ourselves. One token, and the cause beside it. Made to cost nothing while nothing ends: the
/// token source serves the next attempt too, and the timer is not moved when the due time is; it looks when it fires, and goes back to sleep.
/// </summary>
internal sealed class AttemptScope(TimeProvider time, DrainState drain) : IDisposable
{
    private const long Fired = -1;

    private Signal _signal = new();
    private CancellationTokenRegistration _caller;
    private ITimer? _timer;
    private long _due = Ticks.Never;
    private long _armedFor = Ticks.Never;
    private volatile CancelCause _dueCause;
    private volatile bool _spent;

    /// <summary>Cancelled when the attempt must end.</summary>
    public CancellationToken Token => _signal.Token;

    /// <summary>Why it was cancelled.</summary>
    public CancelCause Cause => _signal.Cause;

    /// <summary>Follows the caller.</summary>
    public void Begin(CancellationToken callerGone) =>
        _caller = callerGone.UnsafeRegister(static state => ((AttemptScope)state!).CallerGone(), this);

    /// <summary>Sets the next due time; <see cref="Ticks.Never"/> for none.</summary>
    public void SetDue(long timestamp, CancelCause cause)
    {
        _dueCause = cause;
        // A full fence between writing the due time and reading the timer's, as in Fire the other way round: one of the two sees the other.
        if (Interlocked.Exchange(ref _due, timestamp) == Fired) _spent = true;
        if (timestamp < Volatile.Read(ref _armedFor)) Arm(timestamp);
    }

    /// <summary>Ends the attempt.</summary>
    public void Cancel(CancelCause cause) => _signal.Cancel(cause);

    /// <summary>Ends the watch and makes ready for another attempt.</summary>
    public void End()
    {
        _caller.Dispose(); // waits for a callback that is running, so that it cannot end the next attempt
        _caller = default;
        if (Interlocked.Exchange(ref _due, Ticks.Never) == Fired) _spent = true;
        // Spent: the timer has decided to cancel and may do so at any later time, even if its cause is not to be seen yet.
        if (!_spent && Cause == CancelCause.None && _signal.TryReset()) return;
        _spent = false;
        _signal = new Signal();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _signal.Dispose();
    }

    private void CallerGone() => Cancel(drain.Forced ? CancelCause.Shutdown : CancelCause.CallerGone);

    private void Arm(long due)
    {
        _timer ??= time.CreateTimer(static state => ((AttemptScope)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Interlocked.Exchange(ref _armedFor, due);
        // A millisecond more: timers may fire a little early, and would have to be set again.
        _timer.Change(Ticks.Span(time, due - time.GetTimestamp()) + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    private void Fire()
    {
        Interlocked.Exchange(ref _armedFor, Ticks.Never);
        var due = Volatile.Read(ref _due);
        if (due is Ticks.Never or Fired) return;
        if (time.GetTimestamp() < due)
        {
            Arm(due);
            return;
        }

        // Read before the due time is claimed: as long as it is ours to claim, the attempt it was set for has not ended.
        var (signal, cause) = (_signal, _dueCause);
        if (Interlocked.CompareExchange(ref _due, Fired, due) == due) signal.Cancel(cause);
    }

    /// <summary>A token source that knows who cancelled it; the first one stands.</summary>
    private sealed class Signal : CancellationTokenSource
    {
        private int _cause;

        public CancelCause Cause => (CancelCause)Volatile.Read(ref _cause);

        public void Cancel(CancelCause cause)
        {
            if (Interlocked.CompareExchange(ref _cause, (int)cause, (int)CancelCause.None) == (int)CancelCause.None) Cancel();
        }
    }
}
