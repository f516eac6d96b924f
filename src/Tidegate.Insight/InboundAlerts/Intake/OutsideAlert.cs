using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.InboundAlerts.Intake;

/// <summary>What a program outside says of an alert, checked and in one shape whatever it was told by.</summary>
internal sealed record OutsideAlert
{
    /// <summary><c>alertmanager</c>, <c>webhook</c> or <c>pagerduty</c>.</summary>
    public required string Origin { get; init; }

    public required OutsideWord Word { get; init; }

    /// <summary>What it is told by: 32 hex digits over its labels, or over its key.</summary>
    public required string Fingerprint { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public AlertSeverity Severity { get; init; }

    public string Title { get; init; } = "";

    public string Summary { get; init; } = "";

    public string? Link { get; init; }

    public string? Runbook { get; init; }

    public DateTimeOffset StartsAt { get; init; }

    public DateTimeOffset HoldsUntil { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who passed it on before, see <see cref="AlertMark"/>.</summary>
    public string Mark { get; init; } = "";

    public Alert ToAlert(string id, DateTimeOffset firedAt) => new()
    {
        Id = id, Origin = Origin, Objective = Label("objective"), Slo = Label("slo"), Service = Label("service"), Severity = Severity, FiredAt = firedAt, ImpactStart = firedAt,
        Condition = "", Burn = 0, BudgetLeft = 0, Title = Title, Summary = Summary, Labels = Labels, Annotations = Annotations, Link = Link, Runbook = Runbook,
    };

    private string Label(string name) => Labels.GetValueOrDefault(name, "");
}
