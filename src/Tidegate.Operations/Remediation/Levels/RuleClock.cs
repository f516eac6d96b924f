using System.Runtime.InteropServices;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;

namespace Tidegate.Operations.Remediation.Levels;

/// <summary>
/// When a rule acts and when it stops: it acts as soon as its condition holds and it has cooled down; it stops when its exit criteria have held for their time without a break, and not
/// before its shortest time. So however a budget jumps, two beginnings lie at least <c>minActive</c> + <c>coolDown</c> apart.
/// </summary>
/// <param name="Since">Since when it has acted; null while it does not.</param>
/// <param name="ClearSince">Since when its exit criteria have held; null while they do not.</param>
/// <param name="CoolUntil">Until when it does not act; null when it may.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RuleClock(DateTimeOffset? Since, DateTimeOffset? ClearSince, DateTimeOffset? CoolUntil)
{
    /// <summary>Looks again.</summary>
    /// <param name="holds">Whether the condition holds; null when that is not known.</param>
    /// <param name="clear">Whether the exit criteria hold; null when that is not known.</param>
    /// <param name="now">The time.</param>
    /// <param name="rule">Its times.</param>
    public (RuleClock Next, RuleTurn Turn) Look(bool? holds, bool? clear, DateTimeOffset now, BudgetPolicyRuleConfig rule)
    {
        if (Since is not { } since)
            return holds == true && !(now < CoolUntil) ? (new(now, null, null), RuleTurn.Enter) : (this, RuleTurn.None);
        // Not known is no recovery: the time begins anew.
        if (clear != true) return (this with { ClearSince = null }, RuleTurn.None);
        var clearSince = ClearSince ?? now;
        return now - clearSince >= rule.Exit.After && now - since >= rule.MinActive
            ? (new(null, null, now + rule.CoolDown), RuleTurn.Leave)
            : (this with { ClearSince = clearSince }, RuleTurn.None);
    }
}
