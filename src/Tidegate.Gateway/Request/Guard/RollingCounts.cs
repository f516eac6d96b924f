namespace Tidegate.Gateway.Request.Guard;

/// <summary>
/// Events of a sliding window, and the failures among them: ten slots of one atomic word each, so that counting takes no lock and loses nothing.
/// A slot holds up to four million events; more are not counted, which changes no decision based on a share.
/// </summary>
internal sealed class RollingCounts
{
    private const int Slots = 10, CountBits = 22, EpochShift = 2 * CountBits;
    private const ulong CountMask = (1UL << CountBits) - 1, EpochMask = (1UL << (64 - EpochShift)) - 1;

    private readonly ulong[] _slots = new ulong[Slots];
    private readonly long _slotTicks;

    /// <summary>Counts over <paramref name="window"/>, accurate to a tenth of it.</summary>
    public RollingCounts(TimeProvider time, TimeSpan window)
    {
        Window = window;
        _slotTicks = Math.Max(1, Ticks.Of(time, window) / Slots);
    }

    /// <summary>The window it was made for.</summary>
    public TimeSpan Window { get; }

    /// <summary>Counts one event.</summary>
    public void Add(long now, bool failed)
    {
        var number = now / _slotTicks;
        var epoch = (ulong)number & EpochMask;
        ref var slot = ref _slots[number % Slots];
        while (true)
        {
            var word = Volatile.Read(ref slot);
            // A word of another epoch is what is left of an earlier turn: the first event of this turn overwrites it.
            var next = word >> EpochShift == epoch ? word : epoch << EpochShift;
            if ((next & CountMask) == CountMask) return;
            next += failed ? 1 + (1UL << CountBits) : 1;
            if (Interlocked.CompareExchange(ref slot, next, word) == word) return;
        }
    }

    /// <summary>What the window holds now.</summary>
    public (long Total, long Failed) Read(long now)
    {
        long total = 0, failed = 0;
        var number = now / _slotTicks;
        for (var age = 0; age < Slots && number - age >= 0; age++)
        {
            var word = Volatile.Read(ref _slots[(number - age) % Slots]);
            if (word >> EpochShift != ((ulong)(number - age) & EpochMask)) continue;
            total += (long)(word & CountMask);
            failed += (long)((word >> CountBits) & CountMask);
        }

        return (total, failed);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        for (var i = 0; i < Slots; i++) Volatile.Write(ref _slots[i], 0);
    }
}
