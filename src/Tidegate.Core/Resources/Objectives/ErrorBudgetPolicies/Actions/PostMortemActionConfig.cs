using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary>
/// <c>postmortem</c>: the post-mortem of every incident that used more than <c>incidentAbove</c> of the budget becomes mandatory, also of those that come to use it later. It is due until it is
/// written and has at least one action item of priority P0, whatever becomes of the budget.
/// </summary>
[Variant("postmortem")]
public sealed record PostMortemActionConfig : BudgetActionConfig;
