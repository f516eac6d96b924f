using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Operations.Remediation.Levels;
using Tidegate.Operations.Remediation.Rows;
using Tidegate.Platform.Audit;

namespace Tidegate.Operations.Remediation.Acting;

/// <summary>A rule that acts, with what it is decided on.</summary>
/// <param name="Policy">Name of the policy.</param>
/// <param name="Spec">The policy.</param>
/// <param name="Rule">The rule.</param>
/// <param name="State">Its state.</param>
/// <param name="Document">The configuration in force.</param>
/// <param name="Readings">How the objectives of the policy stand.</param>
/// <param name="Now">The time of the look.</param>
internal sealed record Decision(string Policy, ErrorBudgetPolicyConfig Spec, BudgetPolicyRuleConfig Rule, RuleState State, ConfigDocument Document, IReadOnlyList<BudgetReading> Readings, DateTimeOffset Now)
{
    /// <summary>Who acts.</summary>
    public Actor Author => AuthorOf(Policy);

    /// <summary>What it is decided on, in words.</summary>
    public string Evidence => string.Join("; ", State.Why);

    /// <summary>The objective that explains it: the first for which the condition held.</summary>
    public string Objective => State.Involved.Count > 0 ? State.Involved[0] : "";

    /// <summary>Who acts for a policy.</summary>
    public static Actor AuthorOf(string policy) => Actor.System($"policy/{policy}");
}
