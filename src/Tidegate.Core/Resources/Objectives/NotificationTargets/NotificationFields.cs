using System.Text.RegularExpressions;

namespace Tidegate.Core.Resources.Objectives.NotificationTargets;

/// <summary>What <c>{name}</c> may stand for in <see cref="NotificationTemplatesConfig"/>.</summary>
public static partial class NotificationFields
{
    /// <summary>Fields that every alert has.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["alert", "state", "severity", "title", "summary", "evidence", "runbook", "links", "firedAt", "resolvedAt"];

    /// <summary>Labels that some of Tidegate's own messages have: of objectives, policies, rollouts and budgets of models. Alerts from outside have others.</summary>
    public static IReadOnlyList<string> Labels { get; } = ["slo", "objective", "service", "alertname", "policy", "rule", "rollout", "route", "version", "budget", "part", "event"];

    /// <summary>Finds them in a text; the group <c>name</c> is what is between the braces.</summary>
    [GeneratedRegex(@"\{(?<name>[A-Za-z_][A-Za-z0-9_.-]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    public static partial Regex Placeholder();
}
