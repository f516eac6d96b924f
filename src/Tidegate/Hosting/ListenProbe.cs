using System.Net;
using System.Net.Sockets;
using Tidegate.Cli;
using Tidegate.Platform.Hosting;

namespace Tidegate.Hosting;

/// <summary>
/// Looks whether the addresses can be had before anything else starts. A node that found out last would have made its first secrets by then, and
/// they are shown only once it runs.
/// </summary>
internal static class ListenProbe
{
    /// <summary>Throws <see cref="VerbFailure"/> that names every address that is taken, and the flag that moves it.</summary>
    public static void Check(ProcessOptions options)
    {
        (Uri Address, string Use, string Flag, string Variable)[] wanted =
        [
            .. options.Listen.Select(address => (address, "traffic", "--listen", "TIDEGATE_LISTEN")),
            (options.Admin, "admin API", "--admin", "TIDEGATE_ADMIN"),
        ];
        var taken = wanted.Where(port => IsTaken(port.Address)).ToList();
        if (taken.Count == 0) return;
        var names = taken.Select(port => $"{port.Address.GetLeftPart(UriPartial.Authority)} ({port.Use})");
        var flags = taken.DistinctBy(port => port.Flag, StringComparer.Ordinal).Select(port => $"{port.Flag} {port.Address.Scheme}://{port.Address.Host}:PORT (or {port.Variable})");
        throw new VerbFailure(ExitCode.AddressInUse, $"Already in use by another process: {string.Join(", ", names)}.")
        {
            Action = $"Stop what listens there, or choose another port with {string.Join(" and ", flags)}; port 0 is any free one.",
        };
    }

    // Everything else that may be wrong with an address is told better by the server that listens.
    private static bool IsTaken(Uri address)
    {
        if (address.Port == 0) return false;
        var ip = address.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(address.Host.Trim('[', ']'), out var given) ? given : IPAddress.Any;
        using var probe = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // As the server does: connections of a process that ended do not stand in the way.
            probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, !OperatingSystem.IsWindows());
            probe.Bind(new IPEndPoint(ip, address.Port));
            probe.Listen();
            return false;
        }
        catch (SocketException refused)
        {
            return refused.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}
