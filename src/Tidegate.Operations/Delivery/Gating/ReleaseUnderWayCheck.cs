using System.Globalization;

namespace Tidegate.Operations.Delivery.Gating;

/// <summary>Releases of the service that are under way: two at once are hard to tell apart when something goes wrong.</summary>
internal sealed class ReleaseUnderWayCheck(ReleaseStore releases) : IGateCheck
{
    private const int Most = 20;
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<GateReason>> LookAsync(GateCase question, CancellationToken cancel) =>
        [.. (await releases.ListAsync(question.Request.Service, null, Most, cancel))
            .Where(r => r.State == ReleaseState.Running && question.Now - r.StartedAt < Forgotten && (question.Request.Change.Length == 0 || r.Change != question.Request.Change))
            .Select(r => new GateReason("release", GateEffect.Warn, r.Id, string.Create(CultureInfo.InvariantCulture, $"{r.Service} {r.Version} is being released since {r.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm'Z'} by {r.Author} (release {r.Id}).")))];
}
