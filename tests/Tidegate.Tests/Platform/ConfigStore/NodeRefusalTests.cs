using Tidegate.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.ConfigStore;

public sealed class NodeRefusalTests
{
    [Fact]
    public void Of_NodeThatRefusedTheRevision_SaysWhatGoesOnServingAndWhy()
    {
        var node = new FakeNodeStatus { Running = FakeNodeStatus.Revision(3), Rejected = [FakeNodeStatus.Error("No.")], RejectedRevision = 4 };

        var refused = NodeRefusal.Of(node, 4)!;

        Assert.Equal((3L, "No."), (refused.Serving, Assert.Single(refused.Findings).Message));
        Assert.Null(NodeRefusal.Of(new FakeNodeStatus { Rejected = [FakeNodeStatus.Error("No.")] }, 4)!.Serving);
    }

    [Fact]
    public void Of_NodeThatRunsItOrHasNotBegun_IsNull()
    {
        Assert.Null(NodeRefusal.Of(new FakeNodeStatus { Running = FakeNodeStatus.Revision(4) }, 4));
        Assert.Null(NodeRefusal.Of(new FakeNodeStatus(), 4));
        Assert.Null(NodeRefusal.Of(null, 4));
    }
}
