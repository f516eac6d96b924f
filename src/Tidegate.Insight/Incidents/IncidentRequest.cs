using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;

namespace Tidegate.Insight.Incidents;

/// <summary>An incident that somebody opens.</summary>
public sealed record IncidentRequest
{
    /// <summary>What it is, in a few words. At most 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>How bad it is. Default <c>sev3</c>.</summary>
    public IncidentSeverity Severity { get; init; } = IncidentSeverity.Sev3;

    /// <summary>Services that it hurts. Default none.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Objectives whose budgets it uses. Default none.</summary>
    public IReadOnlyList<string> Objectives { get; init; } = [];

    /// <summary>Ids of the alerts it is about. Default none.</summary>
    public IReadOnlyList<string> Alerts { get; init; } = [];

    /// <summary>When users began to be hurt. Default: now.</summary>
    public DateTimeOffset? ImpactStart { get; init; }

    /// <summary>Whoever may ask twice gives the same word twice, and gets the same incident, open or not. Null (default): every request is looked at anew.</summary>
    public string? Key { get; init; }
}
