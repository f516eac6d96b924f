namespace Tidegate.Operations.Delivery.Rollouts;

/// <summary>A rollout with what it goes by, as it was read.</summary>
/// <param name="Rollout">What everybody sees.</param>
/// <param name="Plan">What it goes by.</param>
/// <param name="Holds">The split of the route is the rollout's.</param>
/// <param name="Version">Number of the change that made it so.</param>
internal sealed record RolloutFile(Rollout Rollout, RolloutPlan Plan, bool Holds, long Version);
