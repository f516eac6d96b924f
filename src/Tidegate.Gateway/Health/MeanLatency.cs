using Tidegate.Gateway.Request;

namespace Tidegate.Gateway.Health;

/// <summary>Mean latency of a sliding window, in ten slots. Kept only where latency may eject.</summary>
internal sealed class MeanLatency(TimeProvider time, TimeSpan window)
{
    private const int Slots = 10;

    private readonly Lock _gate = new();
    private readonly long _slotTicks = Math.Max(1, Ticks.Of(time, window) / Slots);
    private readonly (long Epoch, long Count, double Sum)[] _slots = new (long, long, double)[Slots];

    /// <summary>The window it was made for.</summary>
    public TimeSpan Window { get; } = window;

    /// <summary>Takes one answer into account.</summary>
    public void Add(long now, long ticks)
    {
        var epoch = now / _slotTicks;
        lock (_gate)
        {
            ref var slot = ref _slots[epoch % Slots];
            if (slot.Epoch != epoch) slot = (epoch, 0, 0);
            slot.Count++;
            slot.Sum += ticks;
        }
    }

    /// <summary>Number of answers in the window and their mean; the mean is 0 without answers.</summary>
    public (long Count, double Mean) Read(long now)
    {
        var epoch = now / _slotTicks;
        long count = 0;
        double sum = 0;
        lock (_gate)
        {
            foreach (var slot in _slots)
            {
                if (slot.Count == 0 || slot.Epoch <= epoch - Slots) continue;
                count += slot.Count;
                sum += slot.Sum;
            }
        }

        return (count, count == 0 ? 0 : sum / count);
    }
}
