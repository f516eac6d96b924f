using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Services;

/// <summary>A probe sent to every destination.</summary>
public sealed record ActiveHealthConfig
{
    /// <summary>Default <c>http</c>.</summary>
    public ProbeType Type { get; init; } = ProbeType.Http;

    /// <summary>Path of an HTTP probe. Default <c>/healthz</c>.</summary>
    public string Path { get; init; } = "/healthz";

    /// <summary>Service name of a gRPC health probe. Default empty: the server as a whole.</summary>
    public string GrpcService { get; init; } = "";

    /// <summary>Statuses that mean healthy. Default 200-299.</summary>
    public IReadOnlyList<int> ExpectedStatus { get; init; } = [];

    /// <summary>Time between probes of one destination, spread by up to 10 %. Default 5 s.</summary>
    [DurationRange("100ms", "1h")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait for an answer. Default 2 s.</summary>
    [DurationRange("10ms", "5m")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Successes in a row until healthy. Default 2; the first probe after start counts alone.</summary>
    [Range(1, 100)]
    public int HealthyAfter { get; init; } = 2;

    /// <summary>Failures in a row until unhealthy. Default 3.</summary>
    [Range(1, 100)]
    public int UnhealthyAfter { get; init; } = 3;
}
