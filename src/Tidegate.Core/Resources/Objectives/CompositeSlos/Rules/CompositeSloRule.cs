using Tidegate.Core.Resources.Objectives.Alerts;
using Tidegate.Core.Resources.OpenSlo.Slos.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.CompositeSlos.Rules;

/// <summary>A composite has a target, a window, and parts that differ.</summary>
internal sealed class CompositeSloRule : ResourceRule<CompositeSloConfig>
{
    public override void Check(CompositeSloConfig spec, ResourceScope scope)
    {
        TargetCheck.Check(spec.Target, spec.TargetPercent, "spec", scope);
        TimeWindowCheck.Check(spec.TimeWindow, scope);
        AlertPolicyReferenceCheck.Check(spec.AlertPolicies, scope);
        if (spec.TimeWindow is [{ Duration: { Count: > 0 } window }])
        {
            var alerts = SloAlerts.Of(spec.AlertPolicies, window.Length, scope.Document);
            EarlyAlertCheck.Check(alerts, scope);
            AlertWindowCheck.Check(alerts, window, spec.AlertPolicies.Count > 0, scope);
        }

        if (scope.Document.Find($"SLO/{scope.Name}") is not null)
            scope.Error("name_taken", "metadata.name", $"There is an SLO called {scope.Name}: alerts and reports know both by their name, so rename one.");
        var seen = new HashSet<(string, string?)>();
        for (int i = 0; i < spec.Parts.Count; i++)
        {
            var (part, path) = (spec.Parts[i], $"spec.parts[{i}]");
            if (!seen.Add((part.Slo, part.Objective))) scope.Error("duplicate_part", path, $"{part.Slo} is a part twice: add the weights up.");
            if (part.Weight <= 0) scope.Error("out_of_range", $"{path}.weight", "A weight is above 0: remove the part if it shall not count.");
            CompositePartCheck.Check(part.Slo, $"{path}.slo", scope);
            GroupedPartCheck.Check(part.Slo, ObjectiveReference.Find(part.Slo, part.Objective, path, scope), path, scope);
        }

        if (spec.Method == CompositeMethod.AnyBad && spec.Parts.Any(p => p.Weight != 1))
            scope.Warning("unused_key", "spec.parts", "Weights say nothing with any_bad: the worst part decides.");
    }
}
