using System.Text.Json;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Delivery.Rollouts;

/// <summary>A row of <c>delivery_rollouts</c>.</summary>
internal sealed class RolloutRow
{
    public required string Id { get; init; }

    public required string Route { get; init; }

    public required RolloutState State { get; set; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>True while the split of the route is the rollout's: until the configuration says what is to be.</summary>
    public required bool Holds { get; set; }

    /// <summary>Grows with every change: who decided on an older one decides again.</summary>
    public required long Version { get; set; }

    /// <summary>All of it, as JSON.</summary>
    public required string Content { get; set; }

    /// <summary>What the judgement remembers between two looks, as JSON.</summary>
    public required string Evidence { get; set; }

    public static RolloutRow Of(RolloutFile file)
    {
        var row = new RolloutRow { Id = file.Rollout.Id, Route = file.Rollout.Route, State = file.Rollout.State, StartedAt = file.Rollout.StartedAt, Holds = file.Holds, Version = file.Version, Content = "", Evidence = "" };
        row.Take(file);
        return row;
    }

    /// <summary>Becomes what is given.</summary>
    public void Take(RolloutFile file)
    {
        (State, Holds, Version) = (file.Rollout.State, file.Holds, file.Version);
        (Content, Evidence) = (JsonSerializer.Serialize(file.Rollout, ApiJson.Options), JsonSerializer.Serialize(file.Plan, ApiJson.Options));
    }

    public RolloutFile ToFile() => new(JsonSerializer.Deserialize<Rollout>(Content, ApiJson.Options)!, JsonSerializer.Deserialize<RolloutPlan>(Evidence, ApiJson.Options)!, Holds, Version);
}
