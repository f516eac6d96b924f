using Tidegate.Insight.Objectives;

namespace Tidegate.Operations.Delivery.Releasing;

/// <summary>
/// Books budgets to releases: a moment belongs to the newest release of the service that had begun, until the next one begins. One that failed or was taken back ends then, and what came
/// before it is there again.
/// </summary>
internal sealed class ReleaseAttribution(ReleaseStore releases) : IAttributionSource
{
    private const int Most = 500;

    /// <inheritdoc/>
    public string By => "release";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AttributionSpan>> BetweenAsync(ObjectiveStatus objective, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel) =>
    [
        .. (await releases.ListAsync(objective.Service, until, Most, cancel)).OrderByDescending(r => r.StartedAt)
            .Select(r => new AttributionSpan(r.Id, r.State is ReleaseState.Succeeded or ReleaseState.Seen ? $"{r.Service} {r.Version}" : $"{r.Service} {r.Version}, {Words.OfState(r.State)}", r.StartedAt, EndOf(r)))
            .Where(s => !(s.Until <= from)),
    ];

    private static DateTimeOffset? EndOf(Release release) => release.State is ReleaseState.Failed or ReleaseState.RolledBack ? release.FinishedAt : null;
}
