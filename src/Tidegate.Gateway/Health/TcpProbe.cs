using System.Net.Sockets;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Health;

/// <summary>A connection that opens, and is closed at once.</summary>
internal sealed class TcpProbe : IHealthProbe
{
    /// <inheritdoc/>
    public ProbeType Name => ProbeType.Tcp;

    /// <inheritdoc/>
    public async Task<string?> AskAsync(ServiceModel service, DestinationModel destination, ActiveHealthConfig config, CancellationToken cancel)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(destination.Config.Address.DnsSafeHost, destination.Config.Address.Port, cancel);
        return null;
    }
}
