using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Tidegate.Gateway.Request.Identify;

/// <summary>The last key seen on a connection: callers send the same one with every call, and hashing it again would cost more than all the rest of Identify.</summary>
internal sealed class KnownKey
{
    private string _text = "";
    private CallerTable? _callers;
    private KeyEntry? _entry;

    /// <summary>What the key stands for; null when it is not the one seen last, or the callers have changed since.</summary>
    public KeyEntry? Find(ReadOnlySpan<char> text, CallerTable callers) =>
        ReferenceEquals(callers, _callers) && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(text), MemoryMarshal.AsBytes(_text.AsSpan())) ? _entry : null;

    /// <summary>Remembers a key that is known.</summary>
    public void Remember(ReadOnlySpan<char> text, CallerTable callers, KeyEntry entry) => (_text, _callers, _entry) = (text.ToString(), callers, entry);
}
