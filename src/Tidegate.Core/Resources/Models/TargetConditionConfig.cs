using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Models;

/// <summary>Which calls a target takes: all that is said must hold.</summary>
public sealed record TargetConditionConfig
{
    /// <summary>Fewest tokens of the request, estimated. Default 0.</summary>
    [Range(0, 100000000)]
    public int MinTokens { get; init; }

    /// <summary>Most tokens of the request, estimated. Default 0: no limit.</summary>
    [Range(0, 100000000)]
    public int MaxTokens { get; init; }

    /// <summary>True: only calls with tools; false: only calls without; null (default): both.</summary>
    public bool? Tools { get; init; }

    /// <summary>True: only calls with images; false: only calls without; null (default): both.</summary>
    public bool? Images { get; init; }

    /// <summary>Only these consumers. Empty (default): all.</summary>
    [Reference("Consumer")]
    public IReadOnlyList<string> Consumers { get; init; } = [];

    /// <summary>Only calls with headers like these: all of them. Empty (default): whatever they are.</summary>
    public IReadOnlyList<ValueMatchConfig> Headers { get; init; } = [];
}
