using Tidegate.Core.Calls;
using Tidegate.Operations.Delivery;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Insight.CallLog.Support;

namespace Tidegate.Tests.Operations.Delivery;

/// <summary>A canary beside its baseline, from a real call log, without a rollout.</summary>
public sealed class CanaryAnalysisTests : IAsyncLifetime
{
    private TestCallLog _calls = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _calls = await TestCallLog.StartAsync();

    public ValueTask DisposeAsync() => _calls.DisposeAsync();

    [Fact]
    public async Task CompareAsync_Alike_Passes()
    {
        await WriteAsync("v1", 500, failed: 1);
        await WriteAsync("v2", 150);

        var report = await CompareAsync(new() { Canary = "v2", Route = "orders" });

        Assert.Equal((CanaryVerdict.Pass, 500L, 150L), (report.Verdict, report.BaselineCalls, report.CanaryCalls));
    }

    [Fact]
    public async Task CompareAsync_CanaryFails_FailsAgainstTheBaselineThatWasNamed()
    {
        await WriteAsync("v0", 500, failed: 500);
        await WriteAsync("v1", 500);
        await WriteAsync("v2", 50, failed: 20);

        var report = await CompareAsync(new() { Canary = "v2", Service = "shop", Baseline = ["v1"] });
        Assert.Equal(CanaryVerdict.Fail, report.Verdict);
        Assert.StartsWith("The canary is worse. 20 of 50 calls (40 %) of the canary failed, 0 of 500 calls (0 %) of the baseline;", report.Summary, StringComparison.Ordinal);
        // Beside all others it is one of the better ones.
        Assert.NotEqual(CanaryVerdict.Fail, (await CompareAsync(new() { Canary = "v2", Service = "shop" })).Verdict);
    }

    [Fact]
    public async Task CompareAsync_CanaryIsSlow_Fails()
    {
        await WriteAsync("v1", 300);
        await WriteAsync("v2", 100, duration: 30_000);
        Assert.Equal("latency", Assert.Single((await CompareAsync(new() { Canary = "v2", Route = "orders" })).Tests, t => t.Verdict == CanaryVerdict.Fail).Name);
    }

    [Fact]
    public async Task CompareAsync_NoCallsInThatTime_IsInconclusive()
    {
        await WriteAsync("v1", 300);
        _calls.Time.Advance(TimeSpan.FromMinutes(20));
        await WriteAsync("v2", 30);

        var report = await CompareAsync(new() { Canary = "v2", Route = "orders", Since = _calls.Time.GetUtcNow().AddMinutes(-10) });

        Assert.Equal((CanaryVerdict.Inconclusive, 0L, 30L), (report.Verdict, report.BaselineCalls, report.CanaryCalls));
        Assert.Equal("Not enough calls yet: 30 of the canary, 0 of the baseline; 100 of each are needed.", report.Summary);
        Assert.Equal(0, (await CompareAsync(new() { Canary = "v2", Route = "nothing" })).CanaryCalls);
    }

    [Theory]
    [InlineData("", "orders", 0.01, 100, "canary")]
    [InlineData("v2", null, 0.01, 100, "route")]
    [InlineData("v2", "orders", 0.0, 100, "falseAlarms")]
    [InlineData("v2", "orders", 0.01, 0, "minCalls")]
    public async Task CompareAsync_MakesNoSense_IsRefusedWithTheKey(string canary, string? route, double falseAlarms, int minCalls, string path) => Assert.Equal(
        path, (await Assert.ThrowsAsync<ProblemException>(() => CompareAsync(new() { Canary = canary, Route = route, FalseAlarms = falseAlarms, MinCalls = minCalls }))).Problem.Path);

    [Fact]
    public async Task CompareAsync_ABaselineThatIsNull_IsRefusedWithTheKey() =>
        Assert.Equal("baseline", (await Assert.ThrowsAsync<ProblemException>(() => CompareAsync(new() { Canary = "v2", Route = "orders", Baseline = ["v1", null!] }))).Problem.Path);

    [Fact]
    public async Task CompareAsync_TheCanaryAsItsOwnBaseline_IsRefusedWithTheKey()
    {
        var problem = (await Assert.ThrowsAsync<ProblemException>(() => CompareAsync(new() { Canary = "v2", Route = "orders", Baseline = ["v1", "v2"] }))).Problem;
        Assert.Equal((400, "baseline"), (problem.Status, problem.Path));
    }

    private Task<CanaryReport> CompareAsync(CanaryRequest request)
    {
        _calls.Time.Advance(TimeSpan.FromSeconds(1));
        return new CanaryAnalysis(_calls.Store, _calls.Time).CompareAsync(request, Cancel);
    }

    // Over ten minutes, so that there are blocks.
    private Task WriteAsync(string version, int calls, int failed = 0, long duration = 10_000) => _calls.WriteAsync(Enumerable.Range(0, calls).Select(i =>
    {
        var call = SampleCalls.Ordinary(_calls.Time.GetUtcNow().AddSeconds(-(i % 300)));
        (call.Version, call.Outcome, call.DurationUs) = (version, i < failed ? CallOutcome.UpstreamError : CallOutcome.Ok, duration + (i % 7 * 100));
        return call;
    }));
}
