using Tidegate.Core.Ports;

namespace Tidegate.Platform.Security;

/// <summary>The caller keys that Tidegate issued and that are in force, for the configuration that nodes get.</summary>
public interface IIssuedKeys
{
    /// <summary>
    /// Keys that are not revoked, in order of id; each says itself when it expires. Null until the state database has been read for the first time:
    /// then the keys of the last good configuration still hold.
    /// </summary>
    IReadOnlyList<IssuedKey>? Current { get; }

    /// <summary>Calls <paramref name="handler"/> with the new list after every change, in order, until disposed. A handler that throws does not end the subscription.</summary>
    IDisposable Subscribe(Action<IReadOnlyList<IssuedKey>> handler);
}
