using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Services;

/// <summary>A concurrency limit that follows latency; above it calls are shed by priority class, least important first.</summary>
public sealed record AdaptiveConcurrencyConfig
{
    /// <summary><c>gradient</c> (default) compares latency with its long-term floor; <c>aimd</c> halves on failure or timeout.</summary>
    public AdaptiveAlgorithm Algorithm { get; init; } = AdaptiveAlgorithm.Gradient;

    /// <summary>The limit never falls below this. Default 4.</summary>
    [Range(1, 1000000)]
    public int Minimum { get; init; } = 4;

    /// <summary>The limit never rises above this. Default 1000.</summary>
    [Range(1, 1000000)]
    public int Maximum { get; init; } = 1000;

    /// <summary>Where it begins. Default 20.</summary>
    [Range(1, 1000000)]
    public int Initial { get; init; } = 20;
}
