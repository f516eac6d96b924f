using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.Indicators;

namespace Tidegate.Insight.Objectives.Attributing;

/// <summary>Bad calls by a dimension: from exact counts where some objective has the same indicator for each value (<c>groupBy</c>), else from the call log.</summary>
internal sealed class CallParts(SeriesHistory history, CallStore calls)
{
    /// <summary>Dimensions that bad calls can be split by.</summary>
    public static IReadOnlyList<string> Dimensions { get; } = ["consumer", "team", "provider", "region", "version", "route", "service", "destination", "prompt", "outcome"];

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Exact counts; null when there are none for the dimension.</summary>
    public async Task<AttributionParts?> CountedAsync(Objective objective, string by, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var prefix = $"{objective.Series};by={by}=";
        var found = new List<(DateTimeOffset, string, double)>();
        foreach (var name in await history.NamesAsync(prefix, cancel))
            foreach (var stretch in (await history.StretchesAsync(name, from, until, cancel)).SelectMany(s => s.Over(objective.Terms)))
                if (!objective.Exclusions.Cover(stretch.Start)) found.Add((stretch.Start, name[prefix.Length..], stretch.Events.Bad));
        return found.Count == 0 ? null : new AttributionParts("series", found, "");
    }

    /// <summary>Calls on record.</summary>
    public async Task<AttributionParts> LoggedAsync(Objective objective, IndicatorCalls? which, string by, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        if (by is "team" or "region") return AttributionParts.None($"The call log has no {by}; exact counts of each {by} begin with an objective on the same indicator with groupBy: {by}.");
        if (which is null) return AttributionParts.None("Its events are not calls of the call log, or the log does not have what tells its good calls from bad ones.");
        var found = new List<(DateTimeOffset, string, double)>();
        // Minutes matter only where some of them do not count, or count together.
        var whole = objective.Exclusions.IsEmpty && objective.Terms.Method == BudgetingMethod.Occurrences;
        try
        {
            foreach (var count in await calls.CountAsync(new CallCountQuery { From = from, Until = until, All = which.Bad, Bad = which.Bad, Step = whole ? null : Minute, By = by }, cancel))
                if (!objective.Exclusions.Cover(count.At)) found.Add((count.At, count.Key, count.Bad));
        }
        catch (Exception error) when (error is CallLogUnavailableException or QueryLimitException)
        {
            return AttributionParts.None($"The call log could not be asked: {error.Message}");
        }

        return new AttributionParts("call_log", found, "");
    }
}
