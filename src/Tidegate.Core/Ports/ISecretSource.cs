namespace Tidegate.Core.Ports;

/// <summary>Resolves secret references (<c>${env:NAME}</c>, <c>${file:path}</c>, <c>${secret:name}</c>) on the node. Values never leave it.</summary>
public interface ISecretSource
{
    /// <summary>The value, or false with a reason that names the reference but never a value.</summary>
    bool TryResolve(string reference, out string value, out string? reason);
}
