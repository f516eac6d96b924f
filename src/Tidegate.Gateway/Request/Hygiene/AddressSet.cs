using System.Net;

namespace Tidegate.Gateway.Request.Hygiene;

/// <summary>A set of addresses and networks.</summary>
internal sealed class AddressSet
{
    private readonly IPNetwork[] _networks;

    private AddressSet(IPNetwork[] networks) => _networks = networks;

    /// <summary>The set of these texts: addresses or CIDR. Throws with all texts that are neither, for settings of the process must be right.</summary>
    public static AddressSet Parse(IReadOnlyList<string> texts)
    {
        var wrong = texts.Where(t => !TryParse(t, out _)).ToList();
        if (wrong.Count > 0) throw new FormatException($"Not an address or a network in CIDR notation (like 10.0.0.0/8): {string.Join(", ", wrong)}.");
        return new AddressSet([.. texts.Select(t => TryParse(t, out var network) ? network : default)]);
    }

    /// <summary>True when the address is in one of the networks. An IPv4 address counts the same when it comes over an IPv6 socket.</summary>
    public bool Contains(IPAddress address)
    {
        if (_networks.Length == 0) return false;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        foreach (var network in _networks)
            if (network.Contains(address)) return true;
        return false;
    }

    private static bool TryParse(string text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network)) return true;
        if (!IPAddress.TryParse(text, out var address)) return false;
        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}
