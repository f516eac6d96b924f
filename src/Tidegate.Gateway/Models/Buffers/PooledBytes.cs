using System.Buffers;

namespace Tidegate.Gateway.Models.Buffers;

/// <summary>
/// Bytes in a lent array that grows with them. Made with one holder; whoever goes on reading beside or after that one holds it too, and the last to let go gives the array back.
/// Written by one at a time, and only by whom nobody reads beside.
/// </summary>
internal sealed class PooledBytes(BytePool pool) : IBufferWriter<byte>
{
    /// <summary>Most bytes reserved because someone said they will come. More is reserved when they have come.</summary>
    public const int MostOnWord = 128 * 1024;

    private const int Least = 256;

    private byte[] _array = [];
    private int _holders = 1;

    /// <summary>The next of those that one attempt holds.</summary>
    public PooledBytes? Next { get; set; }

    /// <summary>Number of bytes.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes. Valid until the next one is written, and while they are held.</summary>
    public ReadOnlyMemory<byte> Memory => new(_array, 0, Count);

    /// <summary>The same.</summary>
    public ReadOnlySpan<byte> Span => new(_array, 0, Count);

    /// <summary>Holds it too. False when all have let go: the bytes are another's by now.</summary>
    public bool TryHold()
    {
        for (var now = Volatile.Read(ref _holders); now > 0;)
        {
            var before = Interlocked.CompareExchange(ref _holders, now + 1, now);
            if (before == now) return true;
            now = before;
        }

        return false;
    }

    /// <summary>Lets go: once for the maker, once for each <see cref="TryHold"/>.</summary>
    public void Release()
    {
        var left = Interlocked.Decrement(ref _holders);
        if (left > 0) return;
        if (left < 0) throw new InvalidOperationException("Bytes were let go more often than held.");
        Clear();
    }

    /// <summary>Forgets the bytes and gives the array back. Only for one that nobody else holds.</summary>
    public void Clear()
    {
        var array = _array;
        (_array, Count) = ([], 0);
        pool.Return(array);
    }

    /// <summary>Forgets what stands behind the first bytes.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>Forgets the first bytes.</summary>
    public void DropFirst(int count)
    {
        Count -= count;
        if (Count > 0) _array.AsSpan(count, Count).CopyTo(_array);
    }

    /// <summary>Makes room for what is said to come.</summary>
    public void Expect(long total) => Reserve((int)Math.Min(total, MostOnWord));

    /// <summary>Makes room for so many bytes in all.</summary>
    private void Reserve(int total)
    {
        if (_array.Length >= total) return;
        var larger = pool.Rent(total);
        Span.CopyTo(larger);
        var old = _array;
        _array = larger;
        pool.Return(old);
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - Count);
        Count += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _array.AsMemory(Count);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _array.AsSpan(Count);
    }

    private void Grow(int more)
    {
        if (_array.Length - Count >= Math.Max(more, 1)) return;
        Reserve(Math.Max(checked(Count + more), Math.Max(Least, (int)Math.Min(2L * _array.Length, Array.MaxLength))));
    }
}
