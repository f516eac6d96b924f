using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Routes;

/// <summary>How a branch of a split gets its calls: step by step, while it is no worse than the others. Begun by <c>tidegate rollout start</c>.</summary>
public sealed record RolloutConfig
{
    /// <summary>Version label of the branch that is rolled out; the other branches are its baseline.</summary>
    public required string Canary { get; init; }

    /// <summary>Percentages of the calls that it gets, one after the other; the last is 100. Default 5, 25, 50, 100.</summary>
    [MinLength(1)]
    public IReadOnlyList<int> Steps { get; init; } = [5, 25, 50, 100];

    /// <summary>Least time on a step. Default 10 m.</summary>
    [DurationRange("5s", "30d")]
    public TimeSpan StepTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Most time on a step before <see cref="Undecided"/> says what is done. Default 6 h.</summary>
    [DurationRange("10s", "30d")]
    public TimeSpan StepLimit { get; init; } = TimeSpan.FromHours(6);

    /// <summary>What is done when a step is not decided in time. Default <c>pause</c>.</summary>
    public RolloutUndecided Undecided { get; init; }

    /// <summary>Fewest calls of the canary, and of the baseline, on a step to pass it. Default 100.</summary>
    [Range(1, 1000000)]
    public int MinCalls { get; init; } = 100;

    /// <summary>Failed calls (and, apart from them, answers of 4xx) beyond the baseline's that are tolerated, in points of percentage. Default 0.5.</summary>
    [Range(0.0, 100.0)]
    public double ErrorTolerance { get; init; } = 0.5;

    /// <summary>How much longer the canary's median may be, in percent. Default 10.</summary>
    [Range(0.0, 1000.0)]
    public double LatencyTolerance { get; init; } = 10;

    /// <summary>Share of rollouts of good canaries that may be taken back by chance. Default 0.01.</summary>
    [Range(0.00001, 0.5)]
    public double FalseAlarms { get; init; } = 0.01;
}
