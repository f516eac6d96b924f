using Tidegate.Core.Ports;

namespace Tidegate.Benchmarks.InMemory;

/// <summary>A node without secrets.</summary>
internal sealed class NoSecrets : ISecretSource
{
    public bool TryResolve(string reference, out string value, out string? reason)
    {
        (value, reason) = ("", "there are no secrets here");
        return false;
    }
}
