using Tidegate.Platform.ConfigStore;
using Tidegate.Status;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Hosting;

public sealed class NodeStatusReaderTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    public void NotReady_DirectoryRefusedAndNothingInForce_SaysSoAndShowsWhy(long? running)
    {
        var status = Read(running, refused: true);

        Assert.False(status.Ready);
        Assert.Contains("No configuration in force", Assert.Single(status.Reasons), StringComparison.Ordinal);
        Assert.Equal(("/etc/tg", "No."), (status.Configuration.Directory, Assert.Single(status.Configuration.DirectoryRefused).Message));
    }

    [Fact]
    public void NotReady_DirectoryRefusedButARevisionServes_IsReady() => Assert.True(Read(3, refused: true).Ready);

    [Fact]
    public void NotReady_NeverConfiguredAndNothingRefused_IsReady() => Assert.True(Read(0, refused: false).Ready);

    private static NodeStatusAnswer Read(long? running, bool refused)
    {
        var directory = new ConfigDirectoryState("/etc/tg");
        if (refused) directory.Refused = new Rejection(DateTimeOffset.UnixEpoch, "directory", [FakeNodeStatus.Error("No.")]);
        var node = new FakeNodeStatus { Running = running is { } number ? FakeNodeStatus.Revision(number) : null };
        return new NodeStatusReader(node, [], [], TimeProvider.System, directory).Read();
    }
}
