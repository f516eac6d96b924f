using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Secrets;

namespace Tidegate.Gateway.Snapshot;

/// <summary>Puts secrets in the place of references, when a snapshot is built and nowhere else.</summary>
internal sealed class SecretResolver(ISecretSource secrets)
{
    /// <summary>The value; a text without references stays. A reference that cannot be resolved is a finding.</summary>
    public string Resolve(string text, Resource resource, string path, FindingList findings)
    {
        if (SecretText.TryExpand(text, secrets, out var value, out var reason)) return value;
        findings.Error(resource, "secret_not_found", path, reason ?? "The secret cannot be resolved on this node.");
        return "";
    }
}
