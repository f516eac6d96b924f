using Tidegate.Insight.CallLog;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.CallLog.Segments;

/// <summary>A mirrored call, on its way into the log and back, and logs of before there were any.</summary>
public sealed class ShadowColumnTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MirroredCall_ComesBackAsItWas_AndIsFoundByWhatItMirrors()
    {
        await using var log = await TestCallLog.StartAsync();
        var primary = SampleCalls.OfModel();
        var call = SampleCalls.OfShadow(primary.Id);
        await log.WriteAsync(primary, call);

        var entry = (await log.Store.FindAsync(call.Id, Cancel))!.Call;
        Assert.Equal(CallEntry.Of(call), entry);
        Assert.Equal(new ShadowEntry(primary.Id.ToString("N"), "truncated", "length", "stop", false, true, null, 0.625m), entry.Shadow);
        foreach (var filter in (string[])[$"shadow_of = {primary.Id:N}", "kind = shadow", "similarity < 0.63 and similarity > 0.62", "sameTools = false and schemaValid = true", "primaryOutcome = truncated", "finish = length and primaryFinish = stop"])
            Assert.Equal(entry.Id, Assert.Single((await log.Store.ListAsync(new() { Filter = CallFilter.Parse(filter) }, Cancel)).Items).Id);
        Assert.Equal(["0.625|0.002100001|420"], log.Rows("SELECT s.similarity, p.cost, p.first_token_us FROM calls s JOIN calls p ON p.id = s.shadow_of"));
    }

    [Fact]
    public async Task SegmentOfVersion2_IsReadBesideNewOnes()
    {
        using var directory = new TempDirectory();
        Directory.CreateDirectory(directory.Combine("calls"));
        OldSegments.Write(directory.Combine("calls/calls-20260115-0001.duckdb"), version: 2);
        await using var log = await TestCallLog.StartAsync(directory: directory.Combine("calls"));
        await log.WriteAsync(SampleCalls.OfShadow(SampleCalls.Primary));

        Assert.Equal("/old", (await log.Store.ListAsync(new() { Filter = CallFilter.Parse("not shadowOf = 0192f0c4a0b17c3e8d2f4b5a6c7d8e9f") }, Cancel)).Items.Single().Path);
        Assert.Empty(log.Archive.Damaged);
        Assert.Equal(["2|1|0.625"], log.Rows("SELECT count(*), count(shadow_of), max(similarity) FROM calls"));
    }
}
