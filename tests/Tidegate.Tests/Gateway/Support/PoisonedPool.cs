using System.Buffers;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>A pool for tests: what is given back is overwritten at once and never lent again, so that whoever still reads it reads nonsense, and what is given back twice is noticed.</summary>
internal sealed class PoisonedPool : ArrayPool<byte>
{
    private const byte Poison = 0xFD; // no byte of any text

    private readonly Lock _gate = new();
    private readonly HashSet<byte[]> _lent = new(ReferenceEqualityComparer.Instance);

    /// <summary>Arrays lent and not given back.</summary>
    public int Lent
    {
        get
        {
            lock (_gate) return _lent.Count;
        }
    }

    /// <summary>Their bytes.</summary>
    public long LentBytes
    {
        get
        {
            lock (_gate) return _lent.Sum(a => (long)a.Length);
        }
    }

    /// <summary>Arrays lent in all.</summary>
    public int LentInAll { get; private set; }

    /// <summary>Arrays given back that were not lent, or a second time.</summary>
    public int Strange { get; private set; }

    public override byte[] Rent(int minimumLength)
    {
        var array = new byte[minimumLength + 7]; // as real ones, longer than asked for, and not empty
        Array.Fill(array, Poison);
        lock (_gate)
        {
            LentInAll++;
            _lent.Add(array);
        }

        return array;
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        lock (_gate)
        {
            if (!_lent.Remove(array)) Strange++;
        }

        Array.Fill(array, Poison);
    }
}
