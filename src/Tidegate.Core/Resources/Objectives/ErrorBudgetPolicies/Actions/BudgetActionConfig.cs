using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary>Something an error budget policy does.</summary>
[Variants(
    typeof(NotifyActionConfig),
    typeof(IncidentActionConfig),
    typeof(PostMortemActionConfig),
    typeof(FreezeActionConfig),
    typeof(ShedActionConfig),
    typeof(SplitActionConfig),
    typeof(FallbackActionConfig),
    typeof(HedgingOffActionConfig),
    typeof(ShadowOffActionConfig),
    typeof(StaleActionConfig),
    typeof(TightenActionConfig))]
public abstract record BudgetActionConfig;
