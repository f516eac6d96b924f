using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Services;

/// <summary>Kind <c>Service</c>: something that answers calls, at one or more destinations.</summary>
public sealed record ServiceConfig
{
    /// <summary>Where it runs. At least one.</summary>
    [MinLength(1)]
    public required IReadOnlyList<DestinationConfig> Destinations { get; init; }

    /// <summary>How the upstream is spoken to. Default <c>auto</c>: HTTP/1.1, and HTTP/2 where TLS negotiates it or the call is gRPC.</summary>
    public UpstreamProtocol Protocol { get; init; } = UpstreamProtocol.Auto;

    /// <summary>True sends the caller's <c>Host</c> upstream; false (default) sends the destination's.</summary>
    public bool PreserveHost { get; init; }

    /// <summary>
    /// Header of its answers that names the version which answered, such as <c>X-Version</c>: calls get it as their version where route and split give them none, and a version that is first seen is a
    /// release. Letters, digits and <c>._+-</c>, at most 64 characters; 64 different ones in an hour. Default: none.
    /// </summary>
    [MaxLength(64)]
    public string? VersionHeader { get; init; }

    /// <summary>How a destination is chosen.</summary>
    public BalancingConfig Balancing { get; init; } = new();

    /// <summary>How destinations are found to be well or ill.</summary>
    public HealthConfig Health { get; init; } = new();

    /// <summary>Deadlines, retries, breaker, shedding, fallback.</summary>
    public ResilienceConfig Resilience { get; init; } = new();

    /// <summary>TLS towards <c>https</c> destinations.</summary>
    public UpstreamTlsConfig Tls { get; init; } = new();

    /// <summary>Services it needs to answer. What it can promise is limited by what they promise.</summary>
    public IReadOnlyList<DependencyConfig> Dependencies { get; init; } = [];

    /// <summary>When the release gate denies a release of it.</summary>
    public GateConfig Gate { get; init; } = new();
}
