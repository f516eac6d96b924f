using Tidegate.Insight.Indicators;

namespace Tidegate.Insight.Objectives.Compiling;

/// <summary>The SLOs of a document, ready to be judged.</summary>
/// <param name="Objectives">Objectives for all values together.</param>
/// <param name="Grouped">Objectives of which there is one for each value of a dimension.</param>
/// <param name="Composites">How objectives over others are made.</param>
/// <param name="Bindings">What is asked of which source.</param>
/// <param name="Problems">SLOs that cannot be judged, and why.</param>
internal sealed record CompiledObjectives(
    IReadOnlyList<Objective> Objectives, IReadOnlyList<GroupedObjective> Grouped, IReadOnlyList<CompositeObjective> Composites, IReadOnlyList<(string Source, IndicatorBinding Binding)> Bindings, IReadOnlyDictionary<string, string> Problems)
{
    /// <summary>What those that cannot be judged promise: target and service, by name of the SLO.</summary>
    public IReadOnlyDictionary<string, (string Service, string DisplayName, double Target)> Promises { get; init; } = new Dictionary<string, (string, string, double)>(StringComparer.Ordinal);

    /// <summary>Windows that policies look at.</summary>
    public PolicyWindows Windows { get; init; } = PolicyWindows.None;

    public static CompiledObjectives Empty { get; } = new([], [], [], [], new Dictionary<string, string>(StringComparer.Ordinal));
}
