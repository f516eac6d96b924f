using System.Runtime.InteropServices;

namespace Tidegate.Gateway.Snapshot;

/// <summary>A counter that many cores change at once: each mostly touches a cache line of its own. Reading adds the parts up.</summary>
internal sealed class StripedCounter
{
    private static readonly int Mask = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, 64)) - 1;
    private readonly Cell[] _cells = new Cell[Mask + 1];

    /// <summary>Sum of the parts: exact when nobody is changing it.</summary>
    public long Value
    {
        get
        {
            var sum = 0L;
            for (var i = 0; i < _cells.Length; i++) sum += Volatile.Read(ref _cells[i].Value);
            return sum;
        }
    }

    /// <summary>Adds one; <see cref="Decrement"/> is to be given the result.</summary>
    public int Increment()
    {
        var cell = Thread.GetCurrentProcessorId() & Mask;
        Interlocked.Increment(ref _cells[cell].Value);
        return cell;
    }

    /// <summary>Takes one away where it was added.</summary>
    public void Decrement(int cell) => Interlocked.Decrement(ref _cells[cell].Value);

    // Two lines of 64 bytes: neighbouring lines are fetched in pairs.
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Cell
    {
        [FieldOffset(0)]
        public long Value;
    }
}
