using System.Net;
using System.Net.Sockets;

namespace Tidegate.Tests.Support;

/// <summary>For programs that cannot choose a port themselves and say which.</summary>
internal static class FreePort
{
    /// <summary>A loopback port that nobody listened on a moment ago.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
