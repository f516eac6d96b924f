using Tidegate.Core.Resources.Objectives.FreezeCalendars;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary><c>freeze</c>: releases are refused by the gate.</summary>
[Variant("freeze")]
public sealed record FreezeActionConfig : BudgetActionConfig
{
    /// <summary>Services that are frozen. Empty (default): those of the objectives that the policy looks at.</summary>
    [Reference("Service", "openslo.Service")]
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>What may be released all the same. Default: <c>p0</c> and <c>security</c>.</summary>
    public IReadOnlyList<FreezeException> Exceptions { get; init; } = [FreezeException.P0, FreezeException.Security];
}
