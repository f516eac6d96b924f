using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Tidegate.Gateway.Request.Identify.Tokens;

namespace Tidegate.Gateway.Request.Identify;

/// <summary>SHA-256 of a credential: what is kept and looked up instead of the credential itself.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct KeyDigest : IEquatable<KeyDigest>
{
    /// <summary>Longest key text; anything longer is no key.</summary>
    public const int MaxKeyLength = 512;

    private readonly ulong _first, _second, _third, _fourth;

    /// <summary>The digest of a key text; false when it is too long to be one.</summary>
    public static bool TryCompute(ReadOnlySpan<char> text, out KeyDigest digest)
    {
        digest = default;
        if (text.Length > MaxKeyLength) return false;
        Span<byte> bytes = stackalloc byte[MaxKeyLength * 3];
        digest = Of(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        return true;
    }

    /// <summary>The digest of a token; false when it is too long to be read or has other characters than tokens have.</summary>
    public static bool TryComputeToken(ReadOnlySpan<char> text, out KeyDigest digest)
    {
        digest = default;
        if (text.Length > TokenText.MaxLength || !Ascii.IsValid(text)) return false;
        Span<byte> bytes = stackalloc byte[TokenText.MaxLength];
        digest = Of(bytes[..Encoding.ASCII.GetBytes(text, bytes)]);
        return true;
    }

    /// <summary>The digest written as 64 hex digits.</summary>
    public static KeyDigest Parse(string hex) => MemoryMarshal.Read<KeyDigest>(Convert.FromHexString(hex));

    /// <summary>Compares in constant time: every part, and no branch between them.</summary>
    public bool Equals(KeyDigest other) =>
        ((_first ^ other._first) | (_second ^ other._second) | (_third ^ other._third) | (_fourth ^ other._fourth)) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is KeyDigest other && Equals(other);

    /// <summary>A digest is evenly spread, so any part of it is a hash.</summary>
    public override int GetHashCode() => (int)_first;

    private static KeyDigest Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return MemoryMarshal.Read<KeyDigest>(hash);
    }
}
