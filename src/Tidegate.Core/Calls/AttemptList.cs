namespace Tidegate.Core.Calls;

/// <summary>Attempts of a call: the first is stored inline, more go to a list. A mutable struct: keep it in a field, not a property.</summary>
internal struct AttemptList
{
    private AttemptRecord _first;
    private List<AttemptRecord>? _more;

    /// <summary>Number of attempts.</summary>
    public int Count { get; private set; }

    /// <summary>Attempt by index, in order of start.</summary>
    public readonly AttemptRecord this[int index] =>
        (uint)index >= (uint)Count ? throw new ArgumentOutOfRangeException(nameof(index)) : index == 0 ? _first : _more![index - 1];

    /// <summary>Adds one. A hedge that lost is told of before the attempt it lost to, which began earlier.</summary>
    public void Add(in AttemptRecord attempt)
    {
        if (Count++ == 0)
        {
            _first = attempt;
            return;
        }

        var more = _more ??= [];
        if (attempt.StartUs < _first.StartUs)
        {
            more.Insert(0, _first);
            _first = attempt;
            return;
        }

        var at = more.Count;
        while (at > 0 && more[at - 1].StartUs > attempt.StartUs) at--;
        more.Insert(at, attempt);
    }
}
