using Tidegate.Core.Resources;

namespace Tidegate.Core.Ports;

/// <summary>Control plane to the gateway: what stands in the way of running a document on this node, asked before it is stored.</summary>
public interface INodeCheck
{
    /// <summary>
    /// Everything outside the document that it needs and this node does not have, or cannot use: files, credentials of vendors. Empty when there is nothing.
    /// References that cannot be resolved at all are found elsewhere (<see cref="Resources.Secrets.UnresolvedSecrets"/>).
    /// </summary>
    IReadOnlyList<Finding> Check(ConfigDocument document);
}
