using Tidegate.Core.Ports;
using Tidegate.Core.Resources;

namespace Tidegate.Platform.ConfigStore;

/// <summary>Why a node does not run a revision that is stored.</summary>
/// <param name="Serving">The revision that goes on serving; null when none does.</param>
/// <param name="Findings">Why the newest one was refused.</param>
public sealed record NodeRefusal(long? Serving, IReadOnlyList<Finding> Findings)
{
    /// <summary>What the node says of a revision it has been told of; null when it runs it, or has not begun to run anything.</summary>
    public static NodeRefusal? Of(INodeStatus? node, long revision) =>
        node is { Rejected.Count: > 0 } && node.Running?.Revision != revision ? new(node.Running?.Revision, node.Rejected) : null;
}
