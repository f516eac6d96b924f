using Tidegate.Insight.CallLog;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.CallLog.Segments;

/// <summary>The prompt of a call, on its way into the log and back, and logs of before there were any.</summary>
public sealed class PromptColumnTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_OfAPrompt_ComesBackAsItWas_AndIsFoundByIt()
    {
        await using var log = await TestCallLog.StartAsync();
        var call = SampleCalls.OfModel();
        call.Prompt = "triage";
        await log.WriteAsync(call, SampleCalls.OfModel());

        Assert.Equal(CallEntry.Of(call), (await log.Store.FindAsync(call.Id, Cancel))!.Call);
        Assert.Equal("triage", Assert.Single((await log.Store.ListAsync(new() { Filter = CallFilter.Parse("prompt = triage and version = v2") }, Cancel)).Items).Prompt);
        Assert.Equal("triage", (await log.Store.TopAsync(new() { By = "prompt", Measure = "cost", Filter = CallFilter.Parse("prompt != ''") }, Cancel)).Single().Key);
        Assert.Equal(["|1", "triage|1"], log.Rows("SELECT prompt, count(*) FROM calls GROUP BY prompt ORDER BY prompt"));
    }

    [Fact]
    public async Task SegmentOfVersion2_IsReadBesideNewOnes_WithItsCosts()
    {
        using var directory = new TempDirectory();
        Directory.CreateDirectory(directory.Combine("calls"));
        OldSegments.Write(directory.Combine("calls/calls-20260115-0001.duckdb"), version: 2);
        await using var log = await TestCallLog.StartAsync(directory: directory.Combine("calls"));
        var call = SampleCalls.OfModel();
        call.Prompt = "triage";
        await log.WriteAsync(call);

        var old = (await log.Store.ListAsync(new() { Filter = CallFilter.Parse("prompt = ''") }, Cancel)).Items.Single();
        Assert.Equal(("/old", "", 0.5m, "sse"), (old.Path, old.Prompt, old.Use!.Cost, old.Kind));
        Assert.Empty(log.Archive.Damaged);
        Assert.Equal(2, log.Archive.Segments.Count);
        Assert.Equal(["2|triage"], log.Rows("SELECT count(*), max(prompt) FROM calls"));
    }
}
