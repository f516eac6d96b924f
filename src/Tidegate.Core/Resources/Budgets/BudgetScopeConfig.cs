using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Budgets;

/// <summary>Which calls a budget counts: all that is said must hold.</summary>
public sealed record BudgetScopeConfig
{
    /// <summary>Only calls of these consumers. Empty (default): all.</summary>
    [Reference("Consumer")]
    public IReadOnlyList<string> Consumers { get; init; } = [];

    /// <summary>Only calls of consumers of these teams (<c>team</c> of the consumer). Empty (default): all.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];

    /// <summary>Only calls with these keys, by id. Empty (default): all.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Only calls of these models, by the names callers use. Empty (default): all.</summary>
    [Reference("Model")]
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Only calls of these prompts, of any version. Empty (default): all.</summary>
    [Reference("Prompt")]
    public IReadOnlyList<string> Prompts { get; init; } = [];

    /// <summary>Only calls over these routes. Empty (default): all.</summary>
    [Reference("Route")]
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Only calls that carry one of these tags in the header <c>X-Tidegate-Tags</c> (separated by commas). Empty (default): all. Callers write their tags themselves: this tells apart, it does not hold anybody.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
