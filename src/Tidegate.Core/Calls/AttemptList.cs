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

    /// <summary>Appends one.</summary>
    public void Add(in AttemptRecord attempt)
    {
        if (Count++ == 0) _first = attempt;
        else (_more ??= []).Add(attempt);
    }
}
