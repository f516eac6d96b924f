using System.Globalization;

namespace Tidegate.Operations.Delivery.Canary;

/// <summary>Says what the evidence says, in words.</summary>
internal static class CanaryJudge
{
    public static CanaryReport Judge(CanaryEvidence evidence, CanaryTerms terms, DateTimeOffset now)
    {
        CanaryTest[] tests =
        [
            Failures("success", "failed", evidence.Failures, terms),
            Failures("client_errors", "were answered with 4xx", evidence.ClientErrors, terms),
            Latency(evidence.Latency, terms),
        ];
        // A call that was answered with 4xx is one that was seen, and so is one that failed.
        var (baseline, canary) = (Calls(evidence.Failures.Baseline, evidence.ClientErrors.Baseline), Calls(evidence.Failures.Canary, evidence.ClientErrors.Canary));
        var enough = baseline >= terms.MinCalls && canary >= terms.MinCalls;
        var verdict = tests.Any(t => t.Verdict == CanaryVerdict.Fail) ? CanaryVerdict.Fail : enough && tests.All(t => t.Verdict == CanaryVerdict.Pass) ? CanaryVerdict.Pass : CanaryVerdict.Inconclusive;
        var summary = verdict switch
        {
            CanaryVerdict.Fail => "The canary is worse. " + string.Join(' ', tests.Where(t => t.Verdict == CanaryVerdict.Fail).Select(t => t.Text)),
            CanaryVerdict.Pass => string.Create(CultureInfo.InvariantCulture, $"No evidence that the canary is worse: {canary} calls against {baseline} of the baseline."),
            _ when !enough => string.Create(CultureInfo.InvariantCulture, $"Not enough calls yet: {canary} of the canary, {baseline} of the baseline; {terms.MinCalls} of each are needed."),
            _ => "Not decided yet. " + string.Join(' ', tests.Where(t => t.Verdict != CanaryVerdict.Pass).Select(t => t.Text)),
        };
        return new CanaryReport(now, verdict, summary, baseline, canary, tests);
    }

    private static CanaryTest Failures(string name, string what, FailureEvidence evidence, CanaryTerms terms)
    {
        var decides = -Math.Log(terms.FalseAlarms);
        var verdict = evidence.Log >= decides && evidence.Canary.All >= terms.FewestToFail && evidence.Difference > terms.ErrorTolerance ? CanaryVerdict.Fail
            : evidence.Difference <= terms.ErrorTolerance ? CanaryVerdict.Pass : CanaryVerdict.Inconclusive;
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{Of(evidence.Canary)} of the canary {what}, {Of(evidence.Baseline)} of the baseline; {Times(evidence.Log)} to 1 that it is worse ({Times(decides)} to 1 decides, {terms.ErrorTolerance * 100:0.##} points are tolerated).");
        return new CanaryTest(name, verdict, evidence.Baseline.Ratio, evidence.Canary.Ratio, text);
    }

    private static CanaryTest Latency(LatencyEvidence evidence, CanaryTerms terms)
    {
        // Nothing is said against a canary whose answers nobody could time; that it has enough calls is asked for apart.
        if (evidence.Looks == 0) return new("latency", CanaryVerdict.Pass, null, null, $"Fewer than {LatencyEvidence.First} good answers of the canary: its times are not compared yet.");
        var verdict = evidence.IsSlower && evidence.Slowdown > terms.LatencyTolerance ? CanaryVerdict.Fail : evidence.Slowdown <= terms.LatencyTolerance ? CanaryVerdict.Pass : CanaryVerdict.Inconclusive;
        var text = string.Create(CultureInfo.InvariantCulture,
            $"Half of the canary's good answers took {evidence.CanaryMedian / 1000.0:0.###} ms or more, {evidence.BaselineMedian / 1000.0:0.###} ms of the baseline ({evidence.Slowdown * 100:+0.#;-0.#;0} %, {terms.LatencyTolerance * 100:0.##} % is tolerated); the slower of two is the canary's in {evidence.Superiority * 100:0.#} % of pairs, of which chance gives as many with p = {evidence.Probability:0.####E+0} (look {evidence.Looks}: {evidence.Spent:0.####E+0} decides).");
        return new CanaryTest("latency", verdict, evidence.BaselineMedian / 1e6, evidence.CanaryMedian / 1e6, text);
    }

    private static long Calls(FailureCount failures, FailureCount clientErrors) => failures.All + clientErrors.Bad;

    private static string Of(FailureCount count) => string.Create(CultureInfo.InvariantCulture, $"{count.Bad} of {count.All} calls{(count.Ratio is { } ratio ? $" ({ratio * 100:0.##} %)" : "")}");

    private static string Times(double log) => log > 20 ? "more than a hundred million" : Math.Exp(log) is var times && times >= 100 ? times.ToString("#,0", CultureInfo.InvariantCulture) : times.ToString("0.##", CultureInfo.InvariantCulture);
}
