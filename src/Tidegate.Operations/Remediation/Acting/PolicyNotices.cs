using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Notifications;
using Tidegate.Operations.Remediation.Rows;

namespace Tidegate.Operations.Remediation.Acting;

/// <summary>What people are told of policies.</summary>
internal static class PolicyNotices
{
    /// <summary>A rule acts.</summary>
    public static AlertNotice Acts(RuleState state, string targets, DateTimeOffset now) => Of(state, "acts", targets, now) with
    {
        Severity = AlertSeverity.Ticket,
        Title = $"error budget policy {state.Policy}: rule {state.Rule} acts",
        Summary = string.Join("; ", state.Why),
        Evidence = [.. state.Actions.Where(a => a.Type != "notify").Select(a => $"It does: {a.Text}{(a.Reason.Length > 0 ? $" ({a.Reason})" : "")}")],
    };

    /// <summary>It was left: why, and what became of each thing that it did.</summary>
    public static AlertNotice Ended(RuleState state, DateTimeOffset now) => Acts(state, state.Targets, now) with
    {
        IsResolved = true,
        ResolvedAt = now,
        EndReason = string.Join('\n', state.Actions.Where(a => a.Type != "notify").Select(Became).Prepend(state.LeftBecause).Where(line => line.Length > 0)),
    };

    private static string Became(PolicyAction action) => action.State switch
    {
        "reverted" => $"Taken back: {action.Text}",
        "done" => $"It stays: {action.Text}",
        _ => $"Was {action.State} before: {action.Text}",
    };

    /// <summary>What a rule did did not help, or could not be done: a person must look now.</summary>
    public static AlertNotice Escalated(RuleState state, string why, DateTimeOffset now) => Of(state, "escalated", state.Targets, now) with
    {
        Severity = AlertSeverity.Page,
        IsAlone = true, // nobody else acts any more: it waits behind no other page
        Title = $"error budget policy {state.Policy}: rule {state.Rule} {(state.Actions.Any(a => a.State == "expired") ? "did not help" : "could not act")}",
        Summary = why,
        Evidence = [.. state.Why.Select(w => $"It acted because of: {w}"), .. state.Actions.Where(a => a.Type != "notify").Select(a => $"It did: {a.Text}: {a.State}")],
    };

    private static AlertNotice Of(RuleState state, string what, string targets, DateTimeOffset now) => new()
    {
        Alert = $"{state.Activation}/{what}",
        IsResolved = false,
        Severity = AlertSeverity.Ticket,
        FiredAt = state.Clock.Since ?? now,
        Title = "",
        Summary = "",
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["alertname"] = "ErrorBudgetPolicy", ["policy"] = state.Policy, ["rule"] = state.Rule, ["service"] = state.Services.Count > 0 ? state.Services[0] : "", ["slo"] = state.Involved.Count > 0 ? state.Involved[0] : "",
        },
        Targets = targets,
        IsAddressed = true,
    };
}
