using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

namespace Tidegate.Operations.Remediation.Acting;

/// <summary>
/// Does one kind of action that is not traffic. One for each kind, found by the type of its settings. Asked twice for the same time of being active, it has done it once: a node may die
/// after doing it, and before it is written down.
/// </summary>
internal interface IRuleAct
{
    /// <summary>Type of the settings it knows.</summary>
    Type Settings { get; }

    /// <summary>Its word in the document.</summary>
    string Word { get; }

    /// <summary>What it would do, in words.</summary>
    string Text(BudgetActionConfig action, Decision decision);

    /// <summary>Does it. Ids of what it made.</summary>
    Task<IReadOnlyList<string>> ActAsync(BudgetActionConfig action, Decision decision, CancellationToken cancel);

    /// <summary>Whether there is more to do by now of what was done. Default: what is done is done.</summary>
    bool HasMore(PolicyAction done, Decision decision) => false;

    /// <summary>Takes it back when the rule is left. False when there is nothing to take back.</summary>
    Task<bool> RevertAsync(PolicyAction done, Rows.RuleState state, DateTimeOffset now, CancellationToken cancel);
}
