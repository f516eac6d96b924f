using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.CallLog.Segments;

/// <summary>What is known of an answer's quality, on its way into the log and back, and logs of before that was kept.</summary>
public sealed class FactColumnTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Facts_ComeBackAsTheyWere_AndCallsAreFoundByThem()
    {
        await using var log = await TestCallLog.StartAsync();
        var call = SampleCalls.OfModel();
        (call.Facts, call.AgeSeconds) = (CallFacts.CacheHit | CallFacts.Refused | CallFacts.SchemaChecked | CallFacts.SchemaInvalid, 42);
        var plain = SampleCalls.Ordinary();
        await log.WriteAsync(call, plain, SampleCalls.OfShadow(call.Id));

        var entry = (await log.Store.FindAsync(call.Id, Cancel))!.Call;
        Assert.Equal(CallEntry.Of(call), entry);
        Assert.Equal(("hit", true, false, 42L, 12_500L), (entry.Cache, entry.Refused, entry.SchemaValid, entry.AgeSeconds, entry.Use!.InterTokenUs));
        Assert.Equal(("", false, null, null), ((await log.Store.FindAsync(plain.Id, Cancel))!.Call is var other ? (other.Cache, other.Refused, other.SchemaValid, other.AgeSeconds) : default));
        foreach (var filter in (string[])["cache = hit", "cache != ''", "refused = true", "schemaValid = false", "ageSeconds > 41", "kind = model and interToken > 12ms and interToken < 13ms"])
            Assert.Equal(entry.Id, Assert.Single((await log.Store.ListAsync(new() { Filter = CallFilter.Parse(filter) }, Cancel)).Items).Id);
    }

    [Fact]
    public async Task SegmentOfVersion2_IsReadBesideNewOnes()
    {
        using var directory = new TempDirectory();
        Directory.CreateDirectory(directory.Combine("calls"));
        OldSegments.Write(directory.Combine("calls/calls-20260115-0001.duckdb"), version: 2);
        await using var log = await TestCallLog.StartAsync(directory: directory.Combine("calls"));
        await log.WriteAsync(SampleCalls.OfModel());

        Assert.Empty(log.Archive.Damaged);
        Assert.Equal(["|null|False|null|9", "|12500|False|null|420"], log.Rows("SELECT cache, inter_token_us, refused, age_seconds, first_token_us FROM calls ORDER BY first_token_us"));
        Assert.Equal(3, log.Rows("SELECT inter_token_us FROM attempts WHERE inter_token_us IS NULL").Count);
    }
}
