using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Services;

/// <summary>Cap on concurrent calls, with a bounded queue.</summary>
public sealed record BulkheadConfig
{
    /// <summary>Most calls in flight on this node.</summary>
    [Range(1, 1000000)]
    public required int MaxConcurrent { get; init; }

    /// <summary>Most calls waiting for a place, within their deadline. Default 0.</summary>
    [Range(0, 1000000)]
    public int Queue { get; init; }
}
