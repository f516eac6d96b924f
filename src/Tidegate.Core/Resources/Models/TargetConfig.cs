using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Models;

/// <summary>A model of a provider.</summary>
public sealed record TargetConfig
{
    /// <summary>Provider it is asked at.</summary>
    [Reference("Provider")]
    public required string Provider { get; init; }

    /// <summary>Name of the model there (Azure: the deployment).</summary>
    public required string Model { get; init; }

    /// <summary>Share, with strategy <c>weighted</c>; 0 takes no traffic but stays as a last resort. Default 1.</summary>
    [Range(0, 1000000)]
    public int Weight { get; init; } = 1;

    /// <summary>A new target: this share of the calls goes to it first, whatever the strategy says, and no others do; it stays a last resort. Null (default): it is an ordinary one.</summary>
    [Range(0.0, 1.0)]
    public double? Canary { get; init; }

    /// <summary>Only for calls like these; null (default): all.</summary>
    public TargetConditionConfig? When { get; init; }

    /// <summary>Tokens it takes in all, when the catalogue does not know or is wrong. Default 0: the catalogue's.</summary>
    [Range(0, 100000000)]
    public int ContextWindow { get; init; }

    /// <summary>Most calls in flight. Default 0: no limit.</summary>
    [Range(0, 1000000)]
    public int MaxConcurrent { get; init; }
}
