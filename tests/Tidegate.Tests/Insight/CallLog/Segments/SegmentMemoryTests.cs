using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Segments;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.CallLog.Segments;

/// <summary>The engine may hold little while it only writes: what is written must fit, however long the texts are.</summary>
public sealed class SegmentMemoryTests
{
    [Fact]
    public void Write_MuchLongText_CheckpointsBeforeTheMemoryIsFull()
    {
        using var directory = new TempDirectory();
        var options = new CallLogOptions { Directory = directory.Combine("calls") };
        using var archive = new SegmentArchive(options, new FakeTimeProvider(SampleCalls.Noon), NullLogger<SegmentArchive>.Instance);
        archive.Open();

        // 160 MiB in all; far fewer rows than bring a checkpoint.
        for (var batch = 0; batch < 10; batch++)
        {
            archive.Write([.. Enumerable.Range(0, 2_000).Select(i => Long(batch, i))]);
            archive.Checkpoint(idle: false);
        }

        Assert.Equal(20_000, archive.Segments[^1].Calls);
        Assert.InRange(new FileInfo(archive.Segments[^1].LogPath) is { Exists: true } log ? log.Length : 0, 0, options.CheckpointBytes);
    }

    private static CallRecord Long(int batch, int number)
    {
        var text = new byte[4_000];
        new Random((batch * 100_000) + number).NextBytes(text);
        var call = SampleCalls.Ordinary();
        call.Path = "/" + Convert.ToHexString(text);
        return call;
    }
}
