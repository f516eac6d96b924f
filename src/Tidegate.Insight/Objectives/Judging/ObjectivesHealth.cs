using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Objectives.Judging;

/// <summary>Whether every SLO of the configuration is judged: one that is not has no row among the objectives, and would never alert.</summary>
internal sealed class ObjectivesHealth(ObjectiveBook book) : IModuleHealth
{
    private const int MostNamed = 5;

    public string Module => ObjectivesModule.Word;

    public IReadOnlyList<string> Problems
    {
        get
        {
            var unjudged = book.Problems;
            if (unjudged.Count == 0) return [];
            var said = unjudged.OrderBy(p => p.Key, StringComparer.Ordinal).Take(MostNamed).Select(p => $"The SLO {p.Key} is not judged: {p.Value}");
            return unjudged.Count <= MostNamed ? [.. said] : [.. said, $"{unjudged.Count - MostNamed} more are not: 'tidegate slo show NAME' says why."];
        }
    }
}
