namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>
/// Counts by sixteenths of the window, the current one included: seventeen of them cover every stretch of the window's length, so no such stretch ever sees
/// more than the limit. The price is that a call frees its place up to a sixteenth of the window late.
/// </summary>
internal sealed class SlidingWindow(in PartitionKey key, int limit, long slotLength) : RateCount(key)
{
    /// <summary>Parts the window is counted in.</summary>
    public const int Parts = 16;
    private const int Slots = Parts + 1;

    private readonly int[] _counts = new int[Slots];
    private long _slot = long.MinValue;
    private int _total;

    /// <summary>Length of a part, in timestamp units.</summary>
    public static long SlotLength(long window) => (window + Parts - 1) / Parts;

    /// <inheritdoc/>
    protected override Decision Take(long now)
    {
        Advance(now);
        var admitted = _total < limit;
        if (admitted)
        {
            _counts[(int)(_slot % Slots)]++;
            _total++;
        }

        return new Decision(admitted, limit - _total, FreeAfter(now, newest: true), admitted ? 0 : FreeAfter(now, newest: false));
    }

    /// <inheritdoc/>
    protected override void Return(long takenAt)
    {
        var slot = takenAt / slotLength;
        if (slot <= _slot - Slots) return; // it has left the window by itself
        ref var count = ref _counts[(int)(Math.Min(slot, _slot) % Slots)];
        if (count == 0) return;
        count--;
        _total--;
    }

    /// <inheritdoc/>
    protected override bool IsLikeNew(long now)
    {
        Advance(now);
        return _total == 0;
    }

    private void Advance(long now)
    {
        var slot = now / slotLength;
        if (_slot == long.MinValue) _slot = slot;
        if (slot <= _slot) return;
        if (slot - _slot >= Slots)
        {
            Array.Clear(_counts);
            _total = 0;
        }
        else
        {
            for (var s = _slot + 1; s <= slot; s++)
            {
                _total -= _counts[(int)(s % Slots)];
                _counts[(int)(s % Slots)] = 0;
            }
        }

        _slot = slot;
    }

    // When the newest (the whole quota is back) or the oldest (the next call may go) counted part leaves the window.
    private long FreeAfter(long now, bool newest)
    {
        for (var i = 0; i < Slots; i++)
        {
            var slot = newest ? _slot - i : _slot - Parts + i;
            if (slot >= 0 && _counts[(int)(slot % Slots)] > 0) return Math.Max(1, (slot + Slots) * slotLength - now);
        }

        return 0;
    }
}
