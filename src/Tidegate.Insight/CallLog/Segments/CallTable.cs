namespace Tidegate.Insight.CallLog.Segments;

/// <summary>One table of calls of a segment.</summary>
/// <param name="Segment">Alias of the segment.</param>
/// <param name="Version">Version of its tables.</param>
/// <param name="IsBare">It is the one of bare calls.</param>
internal readonly record struct CallTable(string Segment, int Version, bool IsBare)
{
    /// <summary>Version of the tables since which bare calls have one of their own.</summary>
    private const int BareSince = 6;

    /// <summary>Its name, for SQL.</summary>
    public string Name => $"{Segment}.{(IsBare ? "bare_calls" : "calls")}";

    /// <summary>The tables of calls of a segment.</summary>
    public static IReadOnlyList<CallTable> Of(string segment, int version) => version >= BareSince ? [new(segment, version, false), new(segment, version, true)] : [new(segment, version, false)];

    /// <summary>It has a column that is there since a version.</summary>
    public bool Has(int since, bool isRare) => Version >= since && !(IsBare && isRare);
}
