using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Routes;

/// <summary>One branch of a split.</summary>
public sealed record SplitConfig
{
    /// <summary>Service that answers.</summary>
    [Reference("Service")]
    public required string Service { get; init; }

    /// <summary>Share relative to the other branches. Default 100.</summary>
    [Range(0, 65535)]
    public int Weight { get; init; } = 100;

    /// <summary>Version label in the call log and metrics.</summary>
    public string? Version { get; init; }
}
