using Tidegate.Core.Windows;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.Indicators;

namespace Tidegate.Insight.Objectives.Replaying;

/// <summary>Where the past of an indicator is: counts that were kept for it, and before them the call log, if it can tell good calls from bad.</summary>
internal sealed class ReplayHistory(SeriesHistory history, CallStore calls)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private const int MostValues = 200;

    /// <summary>What is recorded of a series.</summary>
    public async Task<ReplayRecord> ReadAsync(string series, IndicatorBinding binding, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var kept = await history.StretchesAsync(series, from, until, cancel);
        var begin = kept.Count > 0 ? kept[0].Start : until;
        var parts = new List<(string, IReadOnlyList<SeriesStretch>)>();
        var reason = "";
        if (begin > from && binding.Calls(series) is { } which)
        {
            try
            {
                var logged = await ReadLogAsync(which, from, begin, cancel);
                if (logged.Count > 0) parts.Add((ReplayRecord.CallLog, logged));
            }
            catch (Exception error) when (error is CallLogUnavailableException or QueryLimitException)
            {
                reason = $"The call log could not be asked for the time before {begin:u}: {error.Message}";
            }
        }

        if (kept.Count > 0) parts.Add((ReplayRecord.Series, kept));
        if (parts.Count == 0 && reason.Length == 0) reason = WhyNone(binding, series);
        return new ReplayRecord(parts, reason);
    }

    /// <summary>Names of the series of a grouped indicator that something is recorded of.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(IndicatorBinding binding, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var names = new SortedSet<string>(await history.NamesAsync(binding.Series + "=", cancel), StringComparer.Ordinal);
        if (binding.Dimension is { } by && binding.Calls(binding.Series) is { } which)
        {
            try
            {
                var top = await calls.TopAsync(new CallTopQuery { From = from, Until = until, Filter = which.All, By = by, Limit = MostValues }, cancel);
                names.UnionWith(top.Select(t => $"{binding.Series}={t.Key}"));
            }
            catch (Exception error) when (error is CallLogUnavailableException or QueryLimitException)
            {
                // The values that were counted are known all the same.
            }
        }

        return [.. names];
    }

    private async Task<IReadOnlyList<SeriesStretch>> ReadLogAsync(IndicatorCalls which, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var counts = await calls.CountAsync(new CallCountQuery { From = from, Until = until, All = which.All, Bad = which.Bad, Step = Minute }, cancel);
        return [.. counts.Select(c => new SeriesStretch(c.At, Minute, new Tally(c.Bad, c.All)))];
    }

    private static string WhyNone(IndicatorBinding binding, string series) => binding switch
    {
        { CountsCalls: false } => "There is no history: nothing was recorded of this indicator before. What its source knows of the past is asked for once the objective is in force.",
        _ when binding.Calls(series) is null => "There is no history: this indicator was not counted before, and the call log does not have what tells its good calls from bad ones.",
        _ => "There is no history: this indicator was not counted before, and there are no such calls in the call log.",
    };
}
