using System.Globalization;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.Schema;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives.Compiling;
using Tidegate.Insight.Objectives.Replaying;
using Tidegate.Platform.ConfigStore;

namespace Tidegate.Insight.Objectives.Linting;

/// <summary>Warns of alerts that one failed event alone would trip, by the traffic that was really there: at 99.9 % that are fewer than 70 events in an hour.</summary>
internal sealed class LowTrafficAdvice(IEnumerable<IIndicatorSource> sources, ReplayHistory history, TimeProvider time) : IPlanAdvice
{
    // A plan of ten thousand objectives is not read to its end either.
    private const int MostObjectives = 50;
    private static readonly TimeSpan Past = TimeSpan.FromDays(7);
    private static readonly TimeSpan Enough = TimeSpan.FromHours(1);

    private readonly IReadOnlyDictionary<string, IIndicatorSource> _sources = sources.ToDictionary(s => s.Type, StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> AdviseAsync(ConfigDocument document, ConfigDocument before, CancellationToken cancel)
    {
        var (compiled, known) = (ObjectiveCompiler.Compile(document, _sources), ObjectiveCompiler.Compile(before, _sources).Objectives.ToDictionary(o => o.Id, StringComparer.Ordinal));
        var found = new List<Finding>();
        foreach (var objective in compiled.Objectives.Where(o => o.Terms.Method == BudgetingMethod.Occurrences && known.GetValueOrDefault(o.Id) != o).Take(MostObjectives))
        {
            if (compiled.Bindings.FirstOrDefault(b => b.Binding.Series == objective.Series).Binding is not { } binding) continue;
            var now = time.GetUtcNow();
            var stretches = (await history.ReadAsync(objective.Series, binding, now - Past, now, cancel)).Stretches;
            // Traffic that nobody has seen is not little traffic.
            if (stretches.Count == 0 || now - stretches[0].Start is var span && span < Enough) continue;
            if (Tripped(objective, stretches.Sum(s => s.Events.Total) / span.TotalHours) is not { } pairs) continue;
            var resource = document.Find($"SLO/{objective.Slo}");
            found.Add(new Finding(FindingSeverity.Warning, "low_traffic", $"SLO/{objective.Slo}", "spec.alertPolicies",
                $"{objective.Id} has so little traffic that one failed event alone alerts: {pairs}, by the traffic of the last {Duration.Format(Whole(span))}. Give its AlertSet minEvents or confidence, take longer windows or a lower target, or add probes.", resource?.Source));
        }

        return found;
    }

    /// <summary>The pairs that one failed event trips at so many events an hour, in words; null when there is none.</summary>
    internal static string? Tripped(Objective objective, double perHour)
    {
        var pairs = from rule in objective.Alerts.Rules
                    let events = perHour * rule.Pair.Long.TotalHours
                    let fewest = rule.Pair.FewestEvents((decimal)objective.Target)
                    where !rule.Pair.IsDead((decimal)objective.Target) && rule.Confidence <= 0 && rule.MinEvents < fewest && events < fewest
                    select string.Create(CultureInfo.InvariantCulture, $"{rule.Pair.Burn:0.###}x over {Duration.Format(rule.Pair.Long)} needs {fewest} events and had about {events:0.#}");
        var words = string.Join("; ", pairs);
        return words.Length == 0 ? null : words;
    }

    private static TimeSpan Whole(TimeSpan span) => span.TotalDays >= 1 ? TimeSpan.FromDays(Math.Round(span.TotalDays)) : TimeSpan.FromHours(Math.Round(span.TotalHours));
}
