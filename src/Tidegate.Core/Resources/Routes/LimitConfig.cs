using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Routes;

/// <summary>A limit on calls per time.</summary>
public sealed record LimitConfig
{
    /// <summary>Name in errors, headers and the call log. Default: <c>limit-1</c>, ...</summary>
    public string? Name { get; init; }

    /// <summary>Default <c>tokenBucket</c>.</summary>
    public LimitAlgorithm Algorithm { get; init; } = LimitAlgorithm.TokenBucket;

    /// <summary>What gets a count of its own. Default <c>consumer</c>.</summary>
    public LimitKey By { get; init; } = LimitKey.Consumer;

    /// <summary>Header whose value is counted, with <c>by: header</c>.</summary>
    public string? Header { get; init; }

    /// <summary>Calls allowed per <see cref="Per"/>.</summary>
    [Range(1, 1000000000)]
    public required int Calls { get; init; }

    /// <summary>Default 1 s.</summary>
    [DurationRange("100ms", "31d")]
    public TimeSpan Per { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Calls a token bucket holds when full. Default 0: as many as <see cref="Calls"/>.</summary>
    [Range(0, 1000000000)]
    public int Burst { get; init; }
}
