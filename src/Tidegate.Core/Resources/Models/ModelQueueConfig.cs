using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Models;

/// <summary>Where calls wait while all targets that would take them have as many as their <c>maxConcurrent</c> allows. Targets that are down are not waited for.</summary>
public sealed record ModelQueueConfig
{
    /// <summary>Most calls waiting on this node. A more important call takes the place of the least important one, which is refused. Default 100.</summary>
    [Range(1, 1000000)]
    public int Limit { get; init; } = 100;

    /// <summary>Longest wait, within the call's own deadline. Default 10 s.</summary>
    [DurationRange("10ms", "10m")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
