using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Indicators.Series;

/// <summary>Whether counts reach the disk.</summary>
internal sealed class SeriesHealth : IModuleHealth
{
    private volatile string? _problem;

    public string Module => IndicatorsModule.Word;

    public IReadOnlyList<string> Problems => _problem is { } problem ? [problem] : [];

    public void Written() => _problem = null;

    /// <summary>True the first time in a spell.</summary>
    public bool NotWritten(DateTimeOffset now, int buckets)
    {
        var first = _problem is null;
        if (first) _problem = $"Counts behind objectives are kept in memory since {now:u}, because the state database cannot be changed; a crash would lose them.";
        return first;
    }
}
