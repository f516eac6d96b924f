using Tidegate.Core.Ports;
using Tidegate.Core.Resources;

namespace Tidegate.Gateway.Snapshot;

/// <summary>Puts secrets in the place of references, when a snapshot is built and nowhere else.</summary>
internal sealed class SecretResolver(ISecretSource secrets)
{
    /// <summary>The value; a text that is no reference stays. A reference that cannot be resolved is a finding.</summary>
    public string Resolve(string text, Resource resource, string path, FindingList findings)
    {
        if (!text.StartsWith("${", StringComparison.Ordinal) || !text.EndsWith('}')) return text;
        if (secrets.TryResolve(text, out var value, out var reason)) return value;
        findings.Error(resource, "secret_not_found", path, $"{text} cannot be resolved on this node: {reason}");
        return "";
    }
}
