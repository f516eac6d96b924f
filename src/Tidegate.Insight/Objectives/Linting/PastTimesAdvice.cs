using System.Globalization;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.MaintenanceWindows;
using Tidegate.Core.Resources.Objectives.Silences;
using Tidegate.Platform.ConfigStore;

namespace Tidegate.Insight.Objectives.Linting;

/// <summary>Warns of silences and maintenance that a plan brings when they are over. Not of an <c>Exclusion</c>: that is of the past as often as not.</summary>
internal sealed class PastTimesAdvice(TimeProvider time) : IPlanAdvice
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Finding>> AdviseAsync(ConfigDocument document, ConfigDocument before, CancellationToken cancel)
    {
        var found = new List<Finding>();
        foreach (var silence in document.OfKind<SilenceConfig>())
            if ((before.Find(silence.Id) as Resource<SilenceConfig>)?.Spec.Until != silence.Spec.Until) Look(silence, silence.Spec.Until, "spec.until");

        foreach (var work in document.OfKind<MaintenanceWindowConfig>())
        {
            // What comes again and again is never over.
            if (work.Spec.Windows.Any(w => w.Until is null)) continue;
            if (before.Find(work.Id) is Resource<MaintenanceWindowConfig> old && old.Spec.Windows.SequenceEqual(work.Spec.Windows)) continue;
            Look(work, work.Spec.Windows.Max(w => w.Until!.Value), "spec.windows");
        }

        return Task.FromResult<IReadOnlyList<Finding>>(found);

        void Look(Resource resource, DateTimeOffset until, string path)
        {
            if (until > time.GetUtcNow()) return;
            found.Add(new Finding(FindingSeverity.Warning, "is_over", resource.Id, path,
                string.Create(CultureInfo.InvariantCulture, $"{resource.Id} is over since {until.UtcDateTime:yyyy-MM-dd HH:mm}Z: it silences nothing. Give a later until, or remove it."), resource.Source));
        }
    }
}
