using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives.Judging;

namespace Tidegate.Insight.Objectives.Alerting;

/// <summary>Looks for what explains an alert: where in the calls the additional errors are, and what changed just before. What cannot be found out is said.</summary>
internal sealed class AlertExplainer(ObjectiveBook book, CallStore calls, IEnumerable<IAlertChanges> changes, IConfigSource config)
{
    /// <summary>How far back before users were hurt changes are looked for: what breaks a service mostly does so at once.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(30);

    /// <summary>Normal times to compare with: long enough to have seen most callers.</summary>
    private static readonly TimeSpan Baseline = TimeSpan.FromHours(6);

    private static readonly string[] Dimensions = ["version", "service", "destination", "provider", "model", "consumer", "route", "prompt", "method"];
    private const string OutOfTime = "the time for it was over.";
    private const int MostContributors = 6;

    /// <summary>What can be found out until <paramref name="limit"/>: an alert of a machine that is short of everything is told of with what there is, and with what is missing.</summary>
    public async Task<AlertEvidence> ExplainAsync(Alert alert, CancellationToken limit)
    {
        var gaps = new List<string>();
        // The shorter of the two first: what changed is a question to the state database, who is hurt is many to the call log.
        var changed = await ChangesAsync(alert, gaps, limit);
        return new AlertEvidence { Contributors = await ContributorsAsync(alert, gaps, limit), Changes = changed, Gaps = gaps };
    }

    private async Task<IReadOnlyList<AlertChange>> ChangesAsync(Alert alert, List<string> gaps, CancellationToken limit)
    {
        var changed = new List<AlertChange>();
        foreach (var source in changes)
        {
            try
            {
                changed.AddRange(await source.BetweenAsync(alert.ImpactStart - Before, alert.FiredAt, limit));
            }
            catch (Exception error) when (error is not OperationCanceledException || limit.IsCancellationRequested)
            {
                gaps.Add($"What changed before could not all be read: {(limit.IsCancellationRequested ? OutOfTime : error.Message)}");
            }
        }

        return [.. changed.OrderByDescending(c => c.At)];
    }

    private async Task<IReadOnlyList<AlertContributor>> ContributorsAsync(Alert alert, List<string> gaps, CancellationToken limit)
    {
        if (!book.States.TryGetValue(alert.Objective, out var state) || book.CallsOf(state.Objective) is not { } which)
        {
            gaps.Add("Its events are not calls of the call log, so nothing can be said of who is hurt.");
            return [];
        }

        var (found, kinds) = (new List<(AlertContributor Contributor, double Beyond)>(), new List<AlertContributor>());
        try
        {
            var (now, usual) = (new CallCounts(calls, which, alert.ImpactStart, alert.FiredAt), new CallCounts(calls, which, alert.ImpactStart - Baseline, alert.ImpactStart));
            // What kind of failure it is comes first: that belongs to the answer even where time is short.
            kinds.AddRange(Kinds(await now.ByAsync(AlertContributor.Outcome, limit), await usual.ByAsync(AlertContributor.Outcome, limit)));
            foreach (var dimension in Dimensions) found.AddRange(Excess(dimension, await now.ByAsync(dimension, limit), await usual.ByAsync(dimension, limit)));
            var names = new DimensionNames(config.Current?.Document ?? ConfigDocument.Empty);
            if (names.HasTeams) found.AddRange(Excess("team", await now.ByTeamAsync(names, limit), await usual.ByTeamAsync(names, limit)));
            if (names.HasRegions) found.AddRange(Excess("region", await now.ByRegionAsync(names, limit), await usual.ByRegionAsync(names, limit)));
        }
        catch (CallLogUnavailableException unavailable)
        {
            gaps.Add($"The call log cannot be asked who is hurt: {unavailable.Message}");
            return [];
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            gaps.Add($"The call log did not say all of who is hurt: {OutOfTime}");
        }

        return [.. found.OrderByDescending(f => f.Beyond).ThenByDescending(f => f.Contributor.Share).Take(MostContributors).Select(f => f.Contributor), .. kinds.OrderByDescending(k => k.Share)];
    }

    /// <summary>
    /// How much of the additional bad calls each value explains, for those that explain more than their share of the traffic: a value that all calls have explains
    /// nothing.
    /// </summary>
    internal static IEnumerable<(AlertContributor Contributor, double Beyond)> Excess(string dimension, IReadOnlyDictionary<string, (long Bad, long All)> now, IReadOnlyDictionary<string, (long Bad, long All)> usual)
    {
        var all = now.Values.Sum(n => n.All);
        var usualRatio = Ratio((usual.Values.Sum(n => n.Bad), usual.Values.Sum(n => n.All)));
        // A value that was not there before is compared with what is usual for all.
        var excess = now.ToDictionary(n => n.Key, n => Math.Max(0, n.Value.Bad - (n.Value.All * (usual.TryGetValue(n.Key, out var known) ? Ratio(known) : usualRatio))), StringComparer.Ordinal);
        var sum = excess.Values.Sum();
        if (sum <= 0) yield break;
        foreach (var (value, seen) in now)
        {
            var share = excess[value] / sum;
            var beyond = share - ((double)seen.All / all);
            if (beyond < 0.1 || value.Length == 0) continue;
            yield return (new AlertContributor(dimension, value, share, Ratio(seen), usual.TryGetValue(value, out var before) ? Ratio(before) : 0), beyond);
        }
    }

    private static double Ratio((long Bad, long All) seen) => seen.All == 0 ? 0 : (double)seen.Bad / seen.All;

    /// <summary>
    /// The classes of error that explain a fifth or more of the additional bad ones: by how much more of all events were bad with each than usual. Which they are always belongs to the answer, after
    /// whatever stands out.
    /// </summary>
    internal static IEnumerable<AlertContributor> Kinds(IReadOnlyDictionary<string, (long Bad, long All)> now, IReadOnlyDictionary<string, (long Bad, long All)> usual)
    {
        var (all, before) = (now.Values.Sum(n => n.All), usual.Values.Sum(n => n.All));
        var kinds = now.Select(n => (Kind: n.Key, Ratio: Ratio((n.Value.Bad, all)), Usual: usual.TryGetValue(n.Key, out var known) ? Ratio((known.Bad, before)) : 0)).ToList();
        var sum = kinds.Sum(k => Math.Max(0, k.Ratio - k.Usual));
        return sum <= 0 ? [] : kinds.Where(k => k.Ratio - k.Usual >= sum / 5).Select(k => new AlertContributor(AlertContributor.Outcome, k.Kind, (k.Ratio - k.Usual) / sum, k.Ratio, k.Usual));
    }
}
