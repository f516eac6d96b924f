using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Insight.Notifications;
using Tidegate.Operations.Remediation.Rows;

namespace Tidegate.Operations.Remediation.Acting;

/// <summary><c>notify</c>: those who were told are told of the end, too.</summary>
internal sealed class NotifyAct(NotificationDesk desk) : IRuleAct
{
    public Type Settings => typeof(NotifyActionConfig);

    public string Word => "notify";

    public string Text(BudgetActionConfig action, Decision decision) => $"tell {string.Join(", ", ((NotifyActionConfig)action).Targets)}";

    public async Task<IReadOnlyList<string>> ActAsync(BudgetActionConfig action, Decision decision, CancellationToken cancel)
    {
        var targets = string.Join(',', ((NotifyActionConfig)action).Targets);
        await desk.TellAsync(PolicyNotices.Acts(decision.State, targets, decision.Now), cancel);
        return [decision.State.Activation];
    }

    public async Task<bool> RevertAsync(PolicyAction done, RuleState state, DateTimeOffset now, CancellationToken cancel)
    {
        await desk.TellAsync(PolicyNotices.Ended(state, now), cancel);
        return true;
    }
}
