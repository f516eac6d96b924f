using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Operations.Delivery.Canary;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Delivery;

/// <summary>A canary beside its baseline, from the call log of this node, for whoever steps by other means. Asked once, its false alarms are those allowed; whoever asks all the time lets a rollout do it.</summary>
public sealed class CanaryAnalysis
{
    private const int MostVersions = 100, Blocks = 400, Longest = 200;
    private static readonly TimeSpan Usual = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestBlock = TimeSpan.FromSeconds(1);

    private readonly CallStore _calls;
    private readonly TimeProvider _time;

    internal CanaryAnalysis(CallStore calls, TimeProvider time) => (_calls, _time) = (calls, time);

    /// <summary>Compares. Throws a <see cref="ProblemException"/> when the request makes no sense.</summary>
    /// <exception cref="CallLogUnavailableException">The call log cannot be asked.</exception>
    public async Task<CanaryReport> CompareAsync(CanaryRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = _time.GetUtcNow();
        var since = request.Since ?? now - Usual;
        Assert(request, since, now);
        var terms = new CanaryTerms(request.FalseAlarms / CanaryTerms.Tests, request.ErrorTolerance / 100, request.LatencyTolerance / 100, request.MinCalls);
        var (ok, failed, refused) = (
            await SeriesAsync(request, since, now, [CallOutcome.Ok.Word()], cancel), await SeriesAsync(request, since, now, CallOutcomes.ServiceFailures, cancel), await SeriesAsync(request, since, now, [CallOutcome.ClientError.Word()], cancel));

        // Blocks in the order of time: each is judged by what was known before it.
        var evidence = new CanaryEvidence();
        CanaryCounts baseline = default, canary = default;
        for (var i = 0; i < Math.Max(ok.Canary.Count, Math.Max(failed.Canary.Count, refused.Canary.Count)); i++)
        {
            baseline = new(baseline.Ok + At(ok.Baseline, i), baseline.Failed + At(failed.Baseline, i), baseline.ClientErrors + At(refused.Baseline, i));
            canary = new(canary.Ok + At(ok.Canary, i), canary.Failed + At(failed.Canary, i), canary.ClientErrors + At(refused.Canary, i));
            evidence = evidence.At(baseline, canary);
        }

        if (evidence.Latency.IsDue(canary.Ok))
        {
            var labels = request.Baseline.Count > 0 ? request.Baseline : ok.Others;
            var good = Filter(request, [CallOutcome.Ok.Word()]);
            var (old, next) = (await SampleAsync(good, labels, since, now, cancel), await SampleAsync(good, [request.Canary], since, now, cancel));
            evidence = evidence with { Latency = evidence.Latency.Look(old, next, canary.Ok, terms.FalseAlarms) };
        }

        return CanaryJudge.Judge(evidence, terms, now);
    }

    private async Task<(IReadOnlyList<long> Baseline, IReadOnlyList<long> Canary, IReadOnlyList<string> Others)> SeriesAsync(
        CanaryRequest request, DateTimeOffset since, DateTimeOffset until, IReadOnlyList<string> outcomes, CancellationToken cancel)
    {
        var step = TimeSpan.FromSeconds(Math.Ceiling((until - since).TotalSeconds / Blocks));
        var series = await _calls.SeriesAsync(
            new CallSeriesQuery { From = since, Until = until, Step = step > ShortestBlock ? step : ShortestBlock, Filter = Filter(request, outcomes), By = "version", Limit = MostVersions }, cancel);
        var steps = series.Lines.Count == 0 ? 0 : series.Lines[0].Points.Count;
        // Those beyond the most have no label of their own; they are others.
        var others = series.Lines.Where(l => l.Key != request.Canary && (request.Baseline.Count == 0 || (l.Key is { } key && request.Baseline.Contains(key, StringComparer.Ordinal)))).ToList();
        var canary = series.Lines.FirstOrDefault(l => l.Key == request.Canary);
        return (
            [.. Enumerable.Range(0, steps).Select(i => others.Sum(l => l.Points[i].Numbers.Count))],
            [.. Enumerable.Range(0, steps).Select(i => canary?.Points[i].Numbers.Count ?? 0)],
            [.. others.Select(l => l.Key).OfType<string>()]);
    }

    // A series without a single call has no steps.
    private static long At(IReadOnlyList<long> counts, int step) => step < counts.Count ? counts[step] : 0;

    private Task<IReadOnlyList<long>> SampleAsync(CallFilter good, IReadOnlyList<string> labels, DateTimeOffset since, DateTimeOffset until, CancellationToken cancel) =>
        labels.Count == 0 ? Task.FromResult<IReadOnlyList<long>>([]) : _calls.SampleAsync(new CallSampleQuery { From = since, Until = until, Filter = good.And(CallFilter.Is("version", labels)) }, cancel);

    private static CallFilter Filter(CanaryRequest request, IReadOnlyList<string> outcomes)
    {
        var filter = CallFilter.Is("outcome", outcomes);
        if (request.Route is { } route) filter = filter.And(CallFilter.Is("route", [route]));
        if (request.Service is { } service) filter = filter.And(CallFilter.Is("service", [service]));
        return filter;
    }

    private static void Assert(CanaryRequest request, DateTimeOffset since, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(request.Canary)) throw Bad("canary", "It needs to know which version is the canary.");
        if (string.IsNullOrEmpty(request.Route) && string.IsNullOrEmpty(request.Service)) throw Bad("route", "It needs to know which calls: give a route, a service, or both.");
        if (since >= now) throw Bad("since", "That time is still to come.");
        if (request.MinCalls < 1) throw Bad("minCalls", "At least one call is needed.");
        if (request.FalseAlarms is not (> 0 and <= 0.5)) throw Bad("falseAlarms", "It is a share above 0, up to 0.5.");
        if (request.ErrorTolerance is not (>= 0 and <= 100)) throw Bad("errorTolerance", "It is 0 to 100 points of percentage.");
        if (request.LatencyTolerance is not (>= 0 and <= 1000)) throw Bad("latencyTolerance", "It is 0 to 1,000 percent.");
        if (request.Baseline.Any(string.IsNullOrEmpty)) throw Bad("baseline", "A version of the baseline is empty.");
        if (request.Baseline.Contains(request.Canary, StringComparer.Ordinal)) throw Bad("baseline", $"{request.Canary} is the canary, and cannot be what it is compared with.");
        if (request.Baseline.Count > MostVersions) throw Bad("baseline", $"At most {MostVersions} versions are compared.");
        foreach (var (path, text) in new[] { ("canary", request.Canary), ("route", request.Route ?? ""), ("service", request.Service ?? "") }.Concat(request.Baseline.Select(b => ("baseline", b))))
            if (text.Length > Longest) throw Bad(path, $"It has {text.Length} characters; use at most {Longest}.");
    }

    private static ProblemException Bad(string path, string detail) => new(Problems.BadRequest(path, detail).Problem);
}
