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
    /// <summary>Throws <see cref="VerbFailure"/> that names every address that cannot be had, and the flag that moves it.</summary>
    public static void Check(ProcessOptions options)
    {
        Port[] wanted = [.. options.Listen.Select(address => new Port(address, "traffic", "--listen", "TIDEGATE_LISTEN")), new(options.Admin, "admin API", "--admin", "TIDEGATE_ADMIN"),
            .. options.OtlpGrpc is { } grpc ? new[] { new Port(grpc, "OTLP by gRPC", "--otlp-grpc", "TIDEGATE_OTLP_GRPC") } : []];
        var refused = wanted.Select(port => (Port: port, Why: Refusal(port.Address))).Where(port => port.Why is not null).ToList();
        if (refused.Count == 0) return;
        var causes = refused.GroupBy(port => port.Why, port => $"{port.Port.Address.GetLeftPart(UriPartial.Authority)} ({port.Port.Use})", StringComparer.Ordinal);
        throw new VerbFailure(ExitCode.AddressInUse, string.Join(" ", causes.Select(cause => $"{cause.Key}: {string.Join(", ", cause)}."))) { Action = Remedy(refused) };
    }

    private static string Remedy(List<(Port Port, string? Why)> refused)
    {
        var flags = refused.Select(port => port.Port).DistinctBy(port => port.Flag, StringComparer.Ordinal);
        if (refused.TrueForAll(port => port.Why == Taken))
        {
            var moved = flags.Select(port => $"{port.Flag} {port.Address.Scheme}://{port.Address.Host}:PORT (or {port.Variable})");
            return $"Stop what listens there, or choose another port with {string.Join(" and ", moved)}; port 0 is any free one.";
        }

        return $"Choose an address of this machine and a port this user may open with {string.Join(" and ", flags.Select(port => $"{port.Flag} (or {port.Variable})"))}.";
    }

    // Null when it can be had. Everything else that may be wrong with an address is told better by the server that listens.
    private static string? Refusal(Uri address)
    {
        if (!TryRead(address, out var ip)) return null;
        try
        {
            using var probe = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            // As the server does: connections of a process that ended do not stand in the way.
            probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, !OperatingSystem.IsWindows());
            probe.Bind(new IPEndPoint(ip, address.Port));
            if (address.Port > 0) probe.Listen();
            return null;
        }
        catch (SocketException refused)
        {
            return refused.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => Taken,
                SocketError.AddressNotAvailable => "Not an address of this machine",
                SocketError.AccessDenied => "This user may not listen there",
                SocketError.AddressFamilyNotSupported => "This machine has no such kind of address",
                _ => null,
            };
        }
    }

    private static bool TryRead(Uri address, out IPAddress ip)
    {
        ip = address.Host == "localhost" ? IPAddress.Loopback : IPAddress.Any;
        return address.Host == "localhost" || IPAddress.TryParse(address.Host.Trim('[', ']'), out ip!);
    }

    private const string Taken = "Already in use by another process";

    private sealed record Port(Uri Address, string Use, string Flag, string Variable);
}
