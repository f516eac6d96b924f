using System.Net;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Health;

/// <summary>GET of a path, on the connections calls use.</summary>
internal sealed class HttpProbe : IHealthProbe
{
    /// <inheritdoc/>
    public ProbeType Name => ProbeType.Http;

    /// <inheritdoc/>
    public async Task<string?> AskAsync(ServiceModel service, DestinationModel destination, ActiveHealthConfig config, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, destination.Prefix + config.Path);
        var second = service.Config.Protocol == UpstreamProtocol.Http2;
        request.Version = second || (destination.IsSecure && service.Config.Protocol == UpstreamProtocol.Auto) ? HttpVersion.Version20 : HttpVersion.Version11;
        request.VersionPolicy = second ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower;
        request.Headers.TryAddWithoutValidation("User-Agent", "tidegate-health");
        using var response = await destination.Client.SendAsync(request, cancel);
        var status = (int)response.StatusCode;
        var expected = config.ExpectedStatus.Count == 0 ? status is >= 200 and < 300 : config.ExpectedStatus.Contains(status);
        return expected ? null : $"GET {config.Path} answered {status}";
    }
}
