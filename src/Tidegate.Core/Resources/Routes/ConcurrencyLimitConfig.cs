using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Routes;

/// <summary>A limit on calls in flight.</summary>
public sealed record ConcurrencyLimitConfig
{
    /// <summary>Name in errors and the call log. Default: <c>concurrency-1</c>, ...</summary>
    public string? Name { get; init; }

    /// <summary>What gets a count of its own. Default <c>consumer</c>.</summary>
    public LimitKey By { get; init; } = LimitKey.Consumer;

    /// <summary>Header whose value is counted, with <c>by: header</c>.</summary>
    public string? Header { get; init; }

    /// <summary>Most calls at once.</summary>
    [Range(1, 1000000)]
    public required int Max { get; init; }
}
