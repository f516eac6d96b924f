using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;

namespace Tidegate.Insight.Incidents;

/// <summary>Something that hurts users, from when it was noticed until it is over.</summary>
public sealed record Incident
{
    /// <summary>Public id: <c>inc_1</c>, in the order of opening.</summary>
    public required string Id { get; init; }

    /// <summary>What it is, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>How bad it is.</summary>
    public required IncidentSeverity Severity { get; init; }

    /// <summary>Services that it hurts.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>Objectives whose budgets it uses, by id.</summary>
    public required IReadOnlyList<string> Objectives { get; init; }

    /// <summary>When users began to be hurt, as far as is known; no later than <see cref="OpenedAt"/>.</summary>
    public required DateTimeOffset ImpactStart { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Who opened it: a person, or <c>policy/NAME</c>.</summary>
    public required string OpenedBy { get; init; }

    /// <summary>When the first message about one of its alerts was sent, as it was known when it was acknowledged; null when none was.</summary>
    public DateTimeOffset? NotifiedAt { get; init; }

    /// <summary>When somebody said that they take care of it; null when nobody did.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Who did; empty when nobody did.</summary>
    public string AcknowledgedBy { get; init; } = "";

    /// <summary>When it was closed; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Who closed it; empty while it is open.</summary>
    public string ClosedBy { get; init; } = "";

    /// <summary>Ids of the alerts it was opened for, and of those that joined.</summary>
    public required IReadOnlyList<string> Alerts { get; init; }

    /// <summary>Those of its alerts that fire, also when it is closed. Looked up when it is read alone.</summary>
    public IReadOnlyList<string> Firing { get; init; } = [];

    /// <summary>What people wrote down about it, oldest first.</summary>
    public IReadOnlyList<IncidentNote> Notes { get; init; } = [];

    /// <summary>Share of each objective's budget that it has used so far: 0.2 is a fifth. Computed when it is read; without those that cannot be told.</summary>
    public IReadOnlyDictionary<string, double> BudgetUsed { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>True while it is open.</summary>
    public bool IsOpen => ClosedAt is null;
}
