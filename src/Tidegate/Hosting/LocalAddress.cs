using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Tidegate.Hosting;

/// <summary>Whether what one sends to an address arrives at a port of this process.</summary>
internal static class LocalAddress
{
    /// <summary>A port at <paramref name="listen"/> takes what is sent to <paramref name="target"/>. Names other than <c>localhost</c> are not looked up.</summary>
    public static bool Covers(Uri listen, Uri target)
    {
        if (listen.Port == 0 || listen.Port != target.Port) return false;
        if (string.Equals(listen.Host, target.Host, StringComparison.OrdinalIgnoreCase)) return true;
        if (AddressOf(listen) is not { } here || AddressOf(target) is not { } there) return false;
        if (here.Equals(there)) return true;
        var isAny = here.Equals(IPAddress.IPv6Any) || (here.Equals(IPAddress.Any) && there.AddressFamily == AddressFamily.InterNetwork);
        return isAny && (IPAddress.IsLoopback(there) || there.Equals(IPAddress.Any) || there.Equals(IPAddress.IPv6Any) || IsOfThisMachine(there));
    }

    private static IPAddress? AddressOf(Uri uri)
    {
        if (uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)) return IPAddress.Loopback;
        return IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) ? address : null;
    }

    private static bool IsOfThisMachine(IPAddress address)
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces().SelectMany(network => network.GetIPProperties().UnicastAddresses).Any(own => own.Address.Equals(address));
        }
        catch (NetworkInformationException)
        {
            return false; // the loop guard of the gateway finds it at the first call
        }
    }
}
