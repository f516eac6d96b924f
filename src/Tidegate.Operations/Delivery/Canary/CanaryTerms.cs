using Tidegate.Core.Resources.Routes;

namespace Tidegate.Operations.Delivery.Canary;

/// <summary>What a canary is judged by.</summary>
/// <param name="FalseAlarms">Share of good canaries that each of the three tests may fail by chance.</param>
/// <param name="ErrorTolerance">Share of failed calls beyond the baseline's that is tolerated.</param>
/// <param name="LatencyTolerance">How much longer the median may be, as a share.</param>
/// <param name="MinCalls">Fewest calls of canary and baseline to pass.</param>
internal sealed record CanaryTerms(double FalseAlarms, double ErrorTolerance, double LatencyTolerance, int MinCalls)
{
    /// <summary>Tests that divide the false alarms.</summary>
    public const int Tests = 3;

    /// <summary>Fewest calls of the canary to fail: the evidence is valid with fewer, but nobody would believe it.</summary>
    public int FewestToFail => Math.Min(20, MinCalls);

    /// <summary>Of one step of a rollout: what the whole rollout may do by chance is divided among its tests and steps.</summary>
    public static CanaryTerms Of(RolloutConfig config) =>
        new(config.FalseAlarms / Tests / Math.Max(1, config.Steps.Count(s => s < 100)), config.ErrorTolerance / 100, config.LatencyTolerance / 100, config.MinCalls);
}
