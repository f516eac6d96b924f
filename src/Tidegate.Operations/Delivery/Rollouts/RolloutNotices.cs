using System.Text.Json;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Notifications;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Delivery.Rollouts;

/// <summary>People are told when a canary lost its calls, and when nobody but them can decide.</summary>
internal sealed class RolloutNotices(NotificationDesk desk) : IEventSubscriber
{
    private const string RolledBack = RolloutStore.EventPrefix + "rolled_back", Paused = RolloutStore.EventPrefix + "paused";

    /// <inheritdoc/>
    public string Name => "delivery-rollouts";

    /// <inheritdoc/>
    public bool Wants(string type) => type is RolledBack or Paused;

    /// <inheritdoc/>
    public async Task HandleAsync(Event happened, CancellationToken cancel)
    {
        var rollout = happened.Data.Deserialize<Rollout>(ApiJson.Options)!;
        await desk.TellAsync(
            new AlertNotice
            {
                Alert = $"rollout/{happened.Id}", IsResolved = false, Severity = AlertSeverity.Ticket, FiredAt = happened.Time,
                Title = happened.Type == RolledBack ? $"{rollout.Service}: the rollout of {rollout.Canary} was taken back" : $"{rollout.Service}: the rollout of {rollout.Canary} waits at {rollout.Share} %",
                Summary = rollout.Reason,
                Evidence = [$"Rollout {rollout.Id} on route {rollout.Route}, begun by {rollout.Author}{(rollout.Change.Length > 0 ? $", change {rollout.Change}" : "")}: 'tidegate rollout show {rollout.Id}'."],
                Labels = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["alertname"] = "Rollout", ["service"] = rollout.Service, ["route"] = rollout.Route, ["version"] = rollout.Canary, ["severity"] = "ticket", ["rollout"] = rollout.Id,
                },
            },
            cancel);
    }
}
