using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Objectives.Matchers;

namespace Tidegate.Core.Resources.Objectives.Inhibitions;

/// <summary>Kind <c>Inhibition</c>: while one alert is on, nobody is told of others that follow from it.</summary>
public sealed record InhibitionConfig
{
    /// <summary>The alert that is the cause.</summary>
    [MinLength(1)]
    public required IReadOnlyList<MatcherConfig> Source { get; init; }

    /// <summary>The alerts nobody is told of.</summary>
    [MinLength(1)]
    public required IReadOnlyList<MatcherConfig> Target { get; init; }

    /// <summary>Labels that must be the same in both. Empty (default): none.</summary>
    public IReadOnlyList<string> Equal { get; init; } = [];
}
