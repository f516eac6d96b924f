using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Objectives.Matchers;

namespace Tidegate.Core.Resources.Objectives.Silences;

/// <summary>Kind <c>Silence</c>: alerts that nobody is told of for a while. They still show.</summary>
public sealed record SilenceConfig
{
    /// <summary>Which alerts: all matchers must fit.</summary>
    [MinLength(1)]
    public required IReadOnlyList<MatcherConfig> Matchers { get; init; }

    /// <summary>From when. Default: at once.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when. There is no silence without an end.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Who made it.</summary>
    public required string Author { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}
