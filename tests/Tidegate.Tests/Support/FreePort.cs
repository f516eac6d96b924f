using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Tidegate.Tests.Support;

/// <summary>
/// For programs that cannot choose a port themselves and say which, and for addresses where nobody listens. The port is none of those the system gives to whoever does not
/// care, be it a listener or the near end of a connection: on a busy machine it would give the one just found to somebody else before it is used.
/// </summary>
internal static class FreePort
{
    private const int Lowest = 10_000;
    private static readonly ConcurrentDictionary<int, bool> Given = new();
    private static readonly int End = EndOfRange();

    /// <summary>A loopback port that nobody listens on, and that nobody gets without asking for it by number.</summary>
    public static int Find()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(Lowest, End);
            if (!Given.TryAdd(port, true)) continue;
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Another program has it.
            }
        }
    }

    // Where the system's own choice begins: https://docs.kernel.org/networking/ip-sysctl.html, ip_local_port_range.
    private static int EndOfRange()
    {
        const string file = "/proc/sys/net/ipv4/ip_local_port_range";
        var first = File.Exists(file) ? int.Parse(File.ReadAllText(file).Split((char[])['\t', ' '])[0], CultureInfo.InvariantCulture) : 32_768;
        return first > Lowest + 1000 ? first : 32_768; // a system that gives them all leaves no choice
    }
}
