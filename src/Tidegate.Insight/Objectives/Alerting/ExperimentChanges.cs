using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Objectives;
using Tidegate.Core.Resources.Objectives.Exclusions;

namespace Tidegate.Insight.Objectives.Alerting;

/// <summary>Experiments with faults that were announced: exclusions of kind <c>chaos</c>, when they began. Whoever is paged should know at once that somebody breaks things on purpose.</summary>
internal sealed class ExperimentChanges(IConfigSource config) : IAlertChanges
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<AlertChange>> BetweenAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var begun = from experiment in config.Current?.Document.OfKind<ExclusionConfig>() ?? []
                    where experiment.Spec.Kind == ExclusionCause.Chaos
                    from window in experiment.Spec.Windows
                    from time in Periods.Between(window, @from, until)
                    where time.From <= until
                    select new AlertChange("experiment", experiment.Metadata.Name, time.From, experiment.Spec.Author, $"{experiment.Spec.Reason} (until {time.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC)");
        return Task.FromResult<IReadOnlyList<AlertChange>>([.. begun]);
    }
}
