using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Incidents;

/// <summary>Books budgets to incidents, each from when users began to be hurt until it was closed. What two incidents share is booked to the one that began first.</summary>
internal sealed class IncidentAttribution(IncidentStore incidents) : IAttributionSource
{
    /// <inheritdoc/>
    public string By => "incident";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AttributionSpan>> BetweenAsync(ObjectiveStatus objective, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel) =>
    [
        .. (await incidents.SinceAsync(from, cancel))
            .Where(i => i.ImpactStart < until && (i.Objectives.Count > 0 ? i.Objectives.Contains(objective.Id, StringComparer.Ordinal) : i.Services.Contains(objective.Service, StringComparer.Ordinal)))
            .OrderBy(i => i.ImpactStart).ThenBy(i => i.OpenedAt)
            .Select(i => new AttributionSpan(i.Id, $"{i.Severity.ToString().ToLowerInvariant()}: {i.Title}", i.ImpactStart, i.ClosedAt)),
    ];
}
