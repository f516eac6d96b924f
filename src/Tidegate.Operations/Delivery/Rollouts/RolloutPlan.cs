using Tidegate.Core.Resources.Routes;
using Tidegate.Operations.Delivery.Canary;

namespace Tidegate.Operations.Delivery.Rollouts;

/// <summary>What a rollout goes by, and what its judgement remembers. Taken from the route when it began: who changes the route's split ends it.</summary>
internal sealed record RolloutPlan
{
    /// <summary>How it steps.</summary>
    public required RolloutConfig Config { get; init; }

    /// <summary>The split as the configuration had it when it began.</summary>
    public required IReadOnlyList<SplitConfig> Split { get; init; }

    /// <summary>Version label of branches that have none.</summary>
    public string RouteVersion { get; init; } = "";

    /// <summary>Evidence of this step.</summary>
    public CanaryEvidence Evidence { get; init; } = new();

    /// <summary>Calls since then are judged.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Node whose call log is judged; another node begins the step's evidence anew, for it has seen other calls.</summary>
    public string Node { get; init; } = "";

    /// <summary>True when its release was told of its end.</summary>
    public bool ReleaseEnded { get; init; }

    /// <summary>Labels of the branches that the canary is compared with.</summary>
    public IReadOnlyList<string> Baselines => [.. Split.Select(LabelOf).Where(l => l != Config.Canary).Distinct(StringComparer.Ordinal)];

    /// <summary>Label that calls of a branch have in the call log.</summary>
    public string LabelOf(SplitConfig branch) => branch.Version ?? RouteVersion;
}
