using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>Whose count it is: a name, or an address.</summary>
/// <param name="Name">Name; null for an address.</param>
/// <param name="Address">Address as a number; 0 for a name.</param>
internal readonly record struct PartitionKey(string? Name, UInt128 Address)
{
    // Longer values are kept by their digest, so that nobody fills memory with long header values.
    private const int LongestName = 64;

    /// <summary>For a name: a consumer, a key id, a header value.</summary>
    public static PartitionKey Of(string name) => new(name.Length <= LongestName ? name : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name))), 0);

    /// <summary>For an address. Of IPv6 the network of 64 bits, for every host may take any address in it.</summary>
    public static PartitionKey Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6)
        {
            address.TryWriteBytes(bytes, out _);
            return new PartitionKey(null, new UInt128(BinaryPrimitives.ReadUInt64BigEndian(bytes), 0));
        }

        address.TryWriteBytes(bytes, out var length);
        return new PartitionKey(null, BinaryPrimitives.ReadUInt32BigEndian(bytes.Slice(length - 4, 4)));
    }

    /// <inheritdoc/>
    public bool Equals(PartitionKey other) => Address == other.Address && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Name?.GetHashCode(StringComparison.Ordinal) ?? Address.GetHashCode();
}
