using Tidegate.Operations.Delivery;
using Tidegate.Operations.Delivery.Canary;

namespace Tidegate.Tests.Operations.Delivery.Canary;

public sealed class CanaryJudgeTests
{
    private static readonly CanaryTerms Terms = new(0.001, 0.005, 0.1, 100);
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Judge_EnoughCallsAndAlike_Passes()
    {
        var report = CanaryJudge.Judge(Look(new(1900, 1, 20), new(100, 0, 1)), Terms, Now);
        Assert.Equal((CanaryVerdict.Pass, 1921L, 101L), (report.Verdict, report.BaselineCalls, report.CanaryCalls));
        Assert.Equal("No evidence that the canary is worse: 101 calls against 1921 of the baseline.", report.Summary);
    }

    [Fact]
    public void Judge_FewCalls_IsInconclusiveAndSaysHowManyAreNeeded() => Assert.Equal(
        (CanaryVerdict.Inconclusive, "Not enough calls yet: 12 of the canary, 200 of the baseline; 100 of each are needed."),
        Said(CanaryJudge.Judge(Look(new(200, 0, 0), new(12, 0, 0)), Terms, Now)));

    [Fact]
    public void Judge_CanaryFails_FailsBeforeItHasEnoughCallsToPassAndSaysTheFigures()
    {
        var report = CanaryJudge.Judge(Look(new(475, 1, 0), new(13, 12, 0)), Terms, Now);
        Assert.Equal(CanaryVerdict.Fail, report.Verdict);
        Assert.StartsWith("The canary is worse. 12 of 25 calls (48 %) of the canary failed, 1 of 476 calls (0.21 %) of the baseline; ", report.Summary, StringComparison.Ordinal);
        Assert.Contains(" to 1 that it is worse (1,000 to 1 decides, 0.5 points are tolerated).", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_CanaryAnswers4xx_Fails()
    {
        var report = CanaryJudge.Judge(Look(new(475, 0, 2), new(5, 0, 30)), Terms, Now);
        Assert.Equal(("client_errors", CanaryVerdict.Fail), (report.Tests[1].Name, report.Tests[1].Verdict));
        Assert.Equal(CanaryVerdict.Fail, report.Verdict);
    }

    [Fact]
    public void Judge_WorseWithinWhatIsTolerated_Passes() =>
        Assert.Equal(CanaryVerdict.Pass, CanaryJudge.Judge(Look(new(1_000_000, 100, 0), new(1_000_000, 4000, 0)), Terms, Now).Verdict);

    [Fact]
    public void Judge_WorseBeyondToleranceButPossiblyByChance_IsInconclusive()
    {
        var report = CanaryJudge.Judge(Look(new(1900, 2, 0), new(99, 1, 0)), Terms, Now);
        Assert.Equal(CanaryVerdict.Inconclusive, report.Verdict);
        Assert.StartsWith("Not decided yet. 1 of 100 calls (1 %) of the canary failed", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_CanaryIsSlower_FailsWithMediansInWords()
    {
        var evidence = Look(new(300, 0, 0), new(100, 0, 0));
        evidence = evidence with { Latency = evidence.Latency.Look([.. Enumerable.Range(0, 300).Select(i => 10_000L + i)], [.. Enumerable.Range(0, 100).Select(i => 30_000L + i)], 100, Terms.FalseAlarms) };

        var report = CanaryJudge.Judge(evidence, Terms, Now);

        Assert.Equal(CanaryVerdict.Fail, report.Verdict);
        Assert.Contains("Half of the canary's good answers took 30.049 ms or more, 10.149 ms of the baseline (+196.1 %, 10 % is tolerated); the slower of two is the canary's in 100 % of pairs", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_ReliablySlowerButByLittle_Passes()
    {
        var evidence = Look(new(300, 0, 0), new(100, 0, 0));
        evidence = evidence with { Latency = evidence.Latency.Look([.. Enumerable.Range(0, 300).Select(i => 10_000L + i)], [.. Enumerable.Range(0, 100).Select(i => 10_500L + i)], 100, Terms.FalseAlarms) };
        Assert.True(evidence.Latency.IsSlower);
        Assert.Equal(CanaryVerdict.Pass, CanaryJudge.Judge(evidence, Terms, Now).Verdict);
    }

    private static (CanaryVerdict Verdict, string Summary) Said(CanaryReport report) => (report.Verdict, report.Summary);

    private static CanaryEvidence Look(CanaryCounts baseline, CanaryCounts canary) => new CanaryEvidence().At(baseline, canary);
}
