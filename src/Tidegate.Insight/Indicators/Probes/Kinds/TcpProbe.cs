using System.Net.Sockets;
using Tidegate.Core.Resources.OpenSlo.Indicators;

namespace Tidegate.Insight.Indicators.Probes.Kinds;

/// <summary>A connection is opened, and closed.</summary>
internal sealed class TcpProbe : IProbe
{
    public ProbeIndicatorType Type => ProbeIndicatorType.Tcp;

    public async Task<string?> AskAsync(ProbeIndicatorConfig config, CancellationToken cancel)
    {
        var (host, port) = HostPort.Of(config.Target);
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, cancel);
        return null;
    }
}
