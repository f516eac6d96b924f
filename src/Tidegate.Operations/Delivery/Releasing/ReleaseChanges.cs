using Tidegate.Insight.Objectives;

namespace Tidegate.Operations.Delivery.Releasing;

/// <summary>Releases, as what may have caused an alert.</summary>
internal sealed class ReleaseChanges(ReleaseStore releases) : IAlertChanges
{
    private const int Most = 50;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AlertChange>> BetweenAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancel) =>
        [.. (await releases.BetweenAsync(from, until, Most, cancel)).Select(r => new AlertChange("release", r.Id, r.StartedAt, r.Author, Text(r)))];

    private static string Text(Release release)
    {
        var facts = new[] { release.Change.Length > 0 ? $"change {release.Change}" : "", release.Commit.Length > 0 ? $"commit {release.Commit}" : "", release.Message }.Where(f => f.Length > 0);
        return $"{release.Service} {release.Version}, {Words.OfState(release.State)}" + (facts.Any() ? $" ({string.Join("; ", facts)})" : "");
    }
}
