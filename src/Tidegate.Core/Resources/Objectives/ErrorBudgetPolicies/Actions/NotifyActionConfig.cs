using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary><c>notify</c>: people are told.</summary>
[Variant("notify")]
public sealed record NotifyActionConfig : BudgetActionConfig
{
    /// <summary>Names of <c>NotificationTarget</c> objects.</summary>
    [MinLength(1)]
    [Reference("NotificationTarget")]
    public required IReadOnlyList<string> Targets { get; init; }
}
