using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.Objectives.Inhibitions;
using Tidegate.Core.Resources.Objectives.MaintenanceWindows;
using Tidegate.Core.Resources.Objectives.Silences;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Insight.Notifications.Routing;

/// <summary>Why nobody is told of an alert now: a silence, announced work, or another alert that is its cause. The reason is kept with the message that was not sent.</summary>
internal static class Suppression
{
    /// <summary>The reason; null when somebody is told.</summary>
    /// <param name="notice">The alert.</param>
    /// <param name="firing">All alerts that fire.</param>
    /// <param name="document">Configuration in force.</param>
    /// <param name="now">The time.</param>
    public static string? Of(AlertNotice notice, IReadOnlyList<AlertNotice> firing, ConfigDocument document, DateTimeOffset now)
    {
        foreach (var silence in document.OfKind<SilenceConfig>())
        {
            if (now >= (silence.Spec.From ?? DateTimeOffset.MinValue) && now < silence.Spec.Until && LabelMatch.Fits(silence.Spec.Matchers, notice))
                return $"silenced until {silence.Spec.Until:u} by {silence.Spec.Author} ({silence.Metadata.Name}): {silence.Spec.Reason}";
        }

        foreach (var work in document.OfKind<MaintenanceWindowConfig>())
        {
            if (work.Spec.Services.Contains(notice.Label("service"), StringComparer.Ordinal) && Periods.Cover(work.Spec.Windows, now))
                return $"maintenance ({work.Metadata.Name}): {work.Spec.Reason}";
        }

        foreach (var rule in document.OfKind<InhibitionConfig>())
        {
            if (!LabelMatch.Fits(rule.Spec.Target, notice)) continue;
            // As in Alertmanager: two that fit both sides do not keep each other back, or nobody would be told of either.
            var isSource = LabelMatch.Fits(rule.Spec.Source, notice);
            if (firing.FirstOrDefault(f => f.Alert != notice.Alert && LabelMatch.Fits(rule.Spec.Source, f) && rule.Spec.Equal.All(l => f.Label(l) == notice.Label(l))
                && !(isSource && LabelMatch.Fits(rule.Spec.Target, f))) is { } cause)
                return $"inhibited by {cause.Alert} ({rule.Metadata.Name})";
        }

        return Cause(notice, firing, document);
    }

    // One cause, one page: the same objective at a higher severity, or an objective of a service that this one cannot do without.
    private static string? Cause(AlertNotice notice, IReadOnlyList<AlertNotice> firing, ConfigDocument document)
    {
        if (notice.Severity != AlertSeverity.Page && firing.FirstOrDefault(f => f.Severity == AlertSeverity.Page && f.Label("objective") is { Length: > 0 } o && o == notice.Label("objective")) is { } page)
            return $"the page {page.Alert} is about the same objective";
        var needed = Needed(notice.Label("service"), document);
        return firing.FirstOrDefault(f => f.Severity <= notice.Severity && needed.Contains(f.Label("service")) && IsBefore(f, notice, document)) is { } cause
            ? $"follows from {cause.Alert}: {notice.Label("service")} depends on {cause.Label("service")}"
            : null;
    }

    // Services that need each other: each alert would follow from the other, and nobody would be told. The first of them is the cause.
    private static bool IsBefore(AlertNotice cause, AlertNotice notice, ConfigDocument document)
    {
        if (!Needed(cause.Label("service"), document).Contains(notice.Label("service"))) return true;
        var order = (cause.Severity, cause.FiredAt).CompareTo((notice.Severity, notice.FiredAt));
        return (order != 0 ? order : string.CompareOrdinal(cause.Alert, notice.Alert)) < 0;
    }

    private static HashSet<string> Needed(string service, ConfigDocument document)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([service]);
        while (open.TryDequeue(out var next))
        {
            if (document.Find($"Service/{next}") is not Resource<ServiceConfig> { Spec: var spec }) continue;
            foreach (var dependency in spec.Dependencies.Where(d => d.Kind == DependencyKind.Hard))
                if (dependency.Service != service && needed.Add(dependency.Service)) open.Enqueue(dependency.Service);
        }

        return needed;
    }
}
