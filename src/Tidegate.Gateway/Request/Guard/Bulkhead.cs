using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request.Admit;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>A cap on calls in flight, with a bounded queue that is served in order. Its own lease: what a call gives back is one place, whichever.</summary>
internal sealed class Bulkhead : ILease
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource<bool>> _queue = new();
    private int _inFlight;
    private int _places;

    /// <summary>Calls in flight.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Calls waiting.</summary>
    public int Waiting
    {
        get { lock (_gate) return _queue.Count; }
    }

    /// <summary>Takes a place, or waits for one. False when the queue is full, or <paramref name="cancel"/> ended the wait.</summary>
    public ValueTask<bool> EnterAsync(BulkheadConfig config, CancellationToken cancel)
    {
        lock (_gate)
        {
            _places = config.MaxConcurrent; // the newest document's, so that a larger cap frees waiting calls at the next release
            if (_inFlight < _places && _queue.Count == 0)
            {
                _inFlight++;
                return ValueTask.FromResult(true);
            }

            if (_queue.Count >= config.Queue) return ValueTask.FromResult(false);
            return new ValueTask<bool>(WaitAsync(_queue.AddLast(new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)), cancel));
        }
    }

    /// <inheritdoc/>
    public void Release()
    {
        lock (_gate)
        {
            _inFlight--;
            while (_inFlight < _places && _queue.First is { } next)
            {
                _queue.RemoveFirst();
                if (next.Value.TrySetResult(true)) _inFlight++;
            }
        }
    }

    private async Task<bool> WaitAsync(LinkedListNode<TaskCompletionSource<bool>> place, CancellationToken cancel)
    {
        using var registration = cancel.UnsafeRegister(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(false), place.Value);
        var entered = await place.Value.Task;
        lock (_gate)
        {
            if (place.List is not null) _queue.Remove(place);
        }

        return entered;
    }
}
