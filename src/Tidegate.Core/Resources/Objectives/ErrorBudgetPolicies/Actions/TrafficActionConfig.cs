using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary>An action that changes traffic: an overlay.</summary>
public abstract record TrafficActionConfig : BudgetActionConfig
{
    /// <summary>After which it takes itself back unless the rule still holds. Default 1 h.</summary>
    [DurationRange("1m", "30d")]
    public TimeSpan For { get; init; } = TimeSpan.FromHours(1);
}
