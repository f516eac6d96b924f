namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary>An action that changes traffic. Those of a rule together are one overlay.</summary>
public abstract record TrafficActionConfig : BudgetActionConfig;
