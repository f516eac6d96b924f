using Tidegate.Core.Resources.Objectives.Alerts;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.Objectives.NotificationTargets;
using Tidegate.Core.Resources.OpenSlo.AlertConditions;
using Tidegate.Core.Resources.OpenSlo.AlertNotificationTargets;
using Tidegate.Core.Resources.OpenSlo.AlertPolicies;
using Tidegate.Core.Resources.OpenSlo.Lenient;
using Tidegate.Core.Resources.OpenSlo.Services;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Exporting;

/// <summary>The objectives of a document as plain OpenSLO v1, so that users can leave with what they made. What OpenSLO has no words for is told.</summary>
public static class OpenSloExport
{
    /// <summary>The objects, and what was left out or changed.</summary>
    public static OpenSloExportResult Of(ConfigDocument document)
    {
        var objects = new Dictionary<string, Resource>(StringComparer.Ordinal);
        var notes = new List<Finding>();
        void Add(Resource resource) => objects.TryAdd(resource.Id, resource);
        void Note(Resource about, string message) => notes.Add(new Finding(FindingSeverity.Warning, "not_expressible", about.Id, "", message, about.Source));

        foreach (var resource in document.Resources.Where(r => r.ApiVersion == OpenSloVersion.V1 && r is not Resource<SloConfig>)) Add(Plain(resource));
        foreach (var slo in document.OfKind<SloConfig>())
        {
            if (document.Find($"openslo.Service/{slo.Spec.Service}") is null)
                Add(Make(new SloServiceKind(), slo.Spec.Service, new SloServiceConfig()));
            var policies = slo.Spec.AlertPolicies.SelectMany(policy => Policies(policy, slo, document, Add, Note)).ToList();
            if (slo.Spec.AlertPolicies.Count == 0 && slo.Spec.TimeWindow.Count == 1) policies.AddRange(Set(BuiltInAlertSets.Nearest(slo.Spec.TimeWindow[0].Duration.Length), slo, document, Add, Note));
            Add(Plain(slo with { Spec = slo.Spec with { AlertPolicies = policies } }));
        }

        foreach (var target in document.OfKind<NotificationTargetConfig>()) Add(Target(target));
        foreach (var other in document.Resources.Where(r => r.Kind is "CompositeSLO" or "SLA" or "Exclusion" or "ErrorBudgetPolicy" or "Silence" or "MaintenanceWindow" or "Inhibition" or "FreezeCalendar"))
            Note(other, $"OpenSLO has nothing that stands for a {other.Kind}: left out.");
        return new OpenSloExportResult([.. objects.Values.OrderBy(r => r.Kind == "Service" ? 0 : 1).ThenBy(r => r.Id, StringComparer.Ordinal)], notes);
    }

    private static IEnumerable<SloAlertPolicyConfig> Policies(SloAlertPolicyConfig policy, Resource<SloConfig> slo, ConfigDocument document, Action<Resource> add, Action<Resource, string> note) =>
        policy.AlertPolicyRef is { } name && document.Find($"AlertPolicy/{name}") is null ? Set(name, slo, document, add, note) : [policy];

    /// <summary>A set as policies: OpenSLO's have one condition, with one window.</summary>
    private static IEnumerable<SloAlertPolicyConfig> Set(string name, Resource<SloConfig> slo, ConfigDocument document, Action<Resource> add, Action<Resource, string> note)
    {
        var alerts = SloAlerts.Of([new SloAlertPolicyConfig { AlertPolicyRef = name }], slo.Spec.TimeWindow.Count == 1 ? slo.Spec.TimeWindow[0].Duration.Length : TimeSpan.FromDays(30), document);
        if (alerts.Count > 0) note(slo, $"OpenSLO's alerts look at one window: the short windows of {name} are left out, and alerts end later.");
        var named = alerts.SelectMany(a => a.Targets).Distinct(StringComparer.Ordinal).ToList();
        var targets = named.Count > 0 ? named : [.. document.OfKind<NotificationTargetConfig>().Select(t => t.Metadata.Name)];
        if (targets.Count == 0 && alerts.Count > 0)
        {
            // A policy must name somebody.
            add(Make(new AlertNotificationTargetKind(), "on-call", new AlertNotificationTargetConfig { Description = "Whoever is on call; Tidegate has no NotificationTarget.", Target = "none" }));
            targets = ["on-call"];
        }

        foreach (var alert in alerts)
        {
            // The threshold of a share of the budget depends on the objective's window.
            var window = Duration.Format(alert.Pair.Long);
            var called = $"{name}-{alert.Severity}-{window}{(BuiltInAlertSets.All.ContainsKey(name) ? "" : $"-{slo.Spec.TimeWindow[0].Duration.ToString().ToLowerInvariant()}")}";
            add(Make(new AlertPolicyKind(), called, new AlertPolicyConfig
            {
                AlertWhenBreaching = true,
                AlertWhenResolved = true,
                Conditions = [new AlertPolicyConditionConfig { ConditionRef = called }],
                NotificationTargets = [.. targets.Select(t => new AlertPolicyTargetConfig { TargetRef = t })],
            }));
            add(Make(new AlertConditionKind(), called, new AlertConditionConfig
            {
                Severity = alert.Severity,
                Condition = new BurnConditionConfig { Op = ComparisonOperator.GreaterOrEqual, Threshold = decimal.Round(alert.Pair.Burn, 6), LookbackWindow = Shorthand(alert.Pair.Long) },
            }));
            yield return new SloAlertPolicyConfig { AlertPolicyRef = called };
        }
    }

    private static Resource Target(Resource<NotificationTargetConfig> target)
    {
        var word = ShapeCatalogue.OfRecord(target.Spec.Channel.GetType()).Variant!;
        return Make(new AlertNotificationTargetKind(), target.Metadata.Name, new AlertNotificationTargetConfig { Description = target.Spec.Description, Target = word });
    }

    private static DurationShorthand Shorthand(TimeSpan time) => time.Ticks % TimeSpan.TicksPerDay == 0 ? new((int)time.TotalDays, 'd') : time.Ticks % TimeSpan.TicksPerHour == 0 ? new((int)time.TotalHours, 'h') : new((int)time.TotalMinutes, 'm');

    private static Resource Make<TSpec>(ResourceKind<TSpec> kind, string name, TSpec spec)
        where TSpec : class => kind.Create(new ResourceMetadata { Name = name }, spec, null);

    /// <summary>Without what only Tidegate reads.</summary>
    private static Resource Plain(Resource resource)
    {
        if (!resource.Metadata.Annotations.ContainsKey(Forgiveness.Annotation)) return resource;
        var annotations = resource.Metadata.Annotations.Where(a => a.Key != Forgiveness.Annotation).ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);
        return resource with { Metadata = resource.Metadata with { Annotations = annotations } };
    }
}
