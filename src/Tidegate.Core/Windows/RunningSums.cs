namespace Tidegate.Core.Windows;

/// <summary>
/// Running sums of the buckets of a ring, read as differences of two places. Whole events are kept modulo 2^32, in half the memory: a difference is right as long as it stays within 31 bits.
/// It does while so few were added that none can be larger; before more come, or shares of one, the sums become <see cref="Tally"/>s. Not thread-safe.
/// </summary>
internal sealed class RunningSums(int places)
{
    // Bad and all of a place beside each other.
    private uint[] _narrow = new uint[2 * places];
    private Tally[]? _wide;

    // What a difference is made of was added since its buckets began. The ring has moved by its length at most since then: in this turn, or in the one before.
    private double _inTurn, _before;
    private long _moved;

    /// <summary>Places there are.</summary>
    public int Places { get; } = places;

    /// <summary>Half the memory is not enough any more.</summary>
    public bool IsWide => _wide is not null;

    /// <summary>Events come, for one place or more. Called once before they are added.</summary>
    public void Expect(Tally what)
    {
        if (IsWide) return;
        _inTurn += Math.Max(Math.Abs(what.Bad), Math.Abs(what.Total));
        if (_inTurn + _before > int.MaxValue || what.Bad % 1 != 0 || what.Total % 1 != 0) Widen();
    }

    /// <summary>Adds to a place what was expected.</summary>
    public void Add(int place, Tally what)
    {
        if (_wide is not null)
        {
            _wide[place] += what;
            return;
        }

        unchecked
        {
            _narrow[2 * place] += (uint)(int)what.Bad;
            _narrow[(2 * place) + 1] += (uint)(int)what.Total;
        }
    }

    /// <summary>The ring has moved on: a bucket's place holds at first what another one's does.</summary>
    public void Copy(int from, int to)
    {
        if (_wide is not null) _wide[to] = _wide[from];
        else (_narrow[2 * to], _narrow[(2 * to) + 1]) = (_narrow[2 * from], _narrow[(2 * from) + 1]);
    }

    /// <summary>The ring has moved on by so many buckets.</summary>
    public void Moved(long buckets)
    {
        _moved += buckets;
        if (_moved >= Places) (_before, _inTurn, _moved) = (_inTurn, 0, 0);
    }

    /// <summary>What was added after one place, up to another.</summary>
    public Tally Between(int after, int upto) => _wide is not null
        ? _wide[upto] - _wide[after]
        : new(Difference(2 * after, 2 * upto), Difference((2 * after) + 1, (2 * upto) + 1));

    private int Difference(int after, int upto) => unchecked((int)(_narrow[upto] - _narrow[after]));

    // Only differences are ever asked for: any place may be the one that is zero.
    private void Widen()
    {
        var wide = new Tally[Places];
        for (var place = 0; place < wide.Length; place++) wide[place] = Between(0, place);
        (_wide, _narrow) = (wide, []);
    }
}
