using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Schema;
using Tidegate.Platform.ConfigStore;

namespace Tidegate.Operations.Delivery.Rollouts;

/// <summary>
/// Brings the traffic after what was decided: one overlay with the share, made before the one it replaces is taken back. Whatever a crash left behind is put right at the next look.
/// While a rollout is under way its overlay is short: if nobody judges any more, the canary loses its calls by itself.
/// </summary>
internal sealed class RolloutTraffic(OverlayStore overlays, TimeProvider time)
{
    private const string Prefix = RolloutTurns.AuthorPrefix;
    private static readonly TimeSpan WhileJudged = TimeSpan.FromHours(1);
    private static readonly TimeSpan WhenDecided = TimeSpan.FromDays(30);

    /// <summary>The last overlay of somebody else that says what the split of the route is; null when there is none.</summary>
    public async Task<Overlay?> OtherAsync(string route, CancellationToken cancel) => Other(await overlays.ListAsync(all: false, cancel), route);

    /// <summary>
    /// Makes the split what was decided; false when it has to wait. What lies last holds, so while somebody else says what the split is, nothing is laid over that: neither a step, nor what only makes the time of an overlay longer.
    /// </summary>
    public async Task<bool> FollowAsync(RolloutFile file, CancellationToken cancel)
    {
        var author = RolloutTurns.AuthorOf(file.Rollout);
        var (route, now) = ($"Route/{file.Rollout.Route}", time.GetUtcNow());
        // Those of earlier rollouts of the route, too: there is one split, and one who says what it is.
        var live = await overlays.ListAsync(all: false, cancel);
        var known = live.Where(o => o.Author.StartsWith(Prefix, StringComparison.Ordinal) && o.Patches.ContainsKey(route)).ToList();
        Overlay? kept = null;
        if (file.Holds)
        {
            var patch = SplitShares.Patch(file.Plan, file.Rollout.Share);
            var length = file.Rollout.IsActive ? WhileJudged : WhenDecided;
            var same = known.Where(o => o.Author == author.Name && o.Patches[route]?.ToJsonString() == patch.ToJsonString()).ToList();
            kept = same.LastOrDefault(o => o.ExpiresAt - now > length / 2 && o.ExpiresAt - now <= length);
            if (kept is null && (file.Rollout.IsActive || same.Count > 0) && Other(live, file.Rollout.Route) is not null) return false;
            kept ??= await overlays.CreateAsync(
                new OverlayRequest
                {
                    Reason = $"Rollout {file.Rollout.Id}: {file.Rollout.Canary} gets {file.Rollout.Share} % ({Words.Of(file.Rollout.State)})", Evidence = file.Rollout.Reason, For = Duration.Format(length),
                    Patches = new Dictionary<string, JsonNode?>(StringComparer.Ordinal) { [route] = patch },
                },
                author, cancel);
        }

        foreach (var old in known.Where(o => o.Id != kept?.Id)) await overlays.RevokeAsync(old.Id, author, cancel);
        return true;
    }

    private static Overlay? Other(IReadOnlyList<Overlay> live, string route) => live.LastOrDefault(
        o => !o.Author.StartsWith(Prefix, StringComparison.Ordinal) && o.Patches.TryGetValue($"Route/{route}", out var patch) && patch?["spec"]?["split"] is not null);
}
