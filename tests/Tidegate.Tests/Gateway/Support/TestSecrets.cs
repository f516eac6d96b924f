using Tidegate.Core.Ports;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>Secrets by reference text, from a dictionary.</summary>
internal sealed class TestSecrets : ISecretSource
{
    public Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    public bool TryResolve(string reference, out string value, out string? reason)
    {
        var found = Values.TryGetValue(reference, out var known);
        value = known ?? "";
        reason = found ? null : $"{reference} is not set";
        return found;
    }
}
