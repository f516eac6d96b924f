using Tidegate.Core.Resources.Objectives;
using Tidegate.Core.Resources.Objectives.CompositeSlos.Rules;
using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.Slos.Rules;

/// <summary>Objectives have a target, a name where there are several, and what their budgeting method and their indicator need.</summary>
internal sealed class SloObjectiveRule : ResourceRule<SloConfig>
{
    public override void Check(SloConfig spec, ResourceScope scope)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        bool composite = SloComposite.Is(spec);
        for (int i = 0; i < spec.Objectives.Count; i++)
        {
            var (objective, path) = (spec.Objectives[i], $"spec.objectives[{i}]");
            TargetCheck.Check(objective.Target, objective.TargetPercent, path, scope);
            Name(objective, spec.Objectives.Count, names, path, scope);
            Slices(objective, spec, path, scope);
            if (SliOf(spec, objective, scope.Document) is { } sli) Threshold(objective, sli, path, scope);
            if (objective.CompositeWeight is not null && !composite) scope.Warning("unused_key", $"{path}.compositeWeight", "A weight says something only among several objectives with an indicator each.");
            if (objective.CompositeWeight <= 0) scope.Error("out_of_range", $"{path}.compositeWeight", "A weight is above 0: remove the objective if it shall not count.");
            if (composite) GroupedPartCheck.Check(scope.Name, objective, path, scope);
        }
    }

    private static SliConfig? SliOf(SloConfig spec, SloObjectiveConfig objective, ConfigDocument document) =>
        objective.Indicator?.Spec ?? spec.Indicator?.Spec ?? ((objective.IndicatorRef ?? spec.IndicatorRef) is { } name ? (document.Find($"SLI/{name}") as Resource<SliConfig>)?.Spec : null);

    private static void Name(SloObjectiveConfig objective, int count, HashSet<string> names, string path, ResourceScope scope)
    {
        if (objective.DisplayName is not { } name)
        {
            if (count > 1) scope.Error("missing_key", path, "The key \"displayName\" is missing: several objectives are told apart by it.");
        }
        else if (!LabelWord.IsLegal(name))
        {
            scope.Error("bad_name", $"{path}.displayName", LabelWord.Problem(name));
        }
        else if (!names.Add(ObjectivePart.Of(name)))
        {
            scope.Error("duplicate_name", $"{path}.displayName", $"Two objectives would be known as {scope.Name}/{ObjectivePart.Of(name)}: rename \"{name}\", so that it differs in letters a to z, digits, dots or hyphens. Alerts and reports know them by it.");
        }
    }

    private static void Slices(SloObjectiveConfig objective, SloConfig spec, string path, ResourceScope scope)
    {
        bool sliced = spec.BudgetingMethod != BudgetingMethod.Occurrences;
        bool targeted = spec.BudgetingMethod == BudgetingMethod.Timeslices;
        if (!sliced && objective.TimeSliceWindow is not null) scope.Error("unused_key", $"{path}.timeSliceWindow", "Occurrences are not counted in slices: remove timeSliceWindow, or set budgetingMethod to Timeslices.");
        if (!targeted && objective.TimeSliceTarget is not null)
            scope.Error("unused_key", $"{path}.timeSliceTarget", $"{spec.BudgetingMethod} has no good and bad slices: remove timeSliceTarget, or set budgetingMethod to Timeslices.");
        if (targeted && objective.TimeSliceTarget is null) scope.Error("missing_key", path, "The key \"timeSliceTarget\" is missing: with Timeslices it says from which share of good events a slice is good.");
        if (objective.TimeSliceTarget is <= 0 or > 1) scope.Error("out_of_range", $"{path}.timeSliceTarget", "A slice's target is a share, above 0 and at most 1.");
        if (!sliced) return;
        if (objective.TimeSliceWindow is not { } slice) scope.Error("missing_key", path, $"The key \"timeSliceWindow\" is missing: {spec.BudgetingMethod} counts in slices; give their length, such as 5m.");
        else if (slice.Count == 0) scope.Error("out_of_range", $"{path}.timeSliceWindow", "A slice is at least 1m.");
        else if (spec.TimeWindow.Count == 1 && slice.Length >= spec.TimeWindow[0].Duration.Length)
            scope.Error("out_of_range", $"{path}.timeSliceWindow", $"A slice ({slice}) must be shorter than the window ({spec.TimeWindow[0].Duration}).");
    }

    private static void Threshold(SloObjectiveConfig objective, SliConfig sli, string path, ResourceScope scope)
    {
        if (sli.ThresholdMetric is not null)
        {
            if (objective.Op is null) scope.Error("missing_key", path, "The key \"op\" is missing: a thresholdMetric needs it; give lte, gte, lt or gt.");
            if (objective.Value is null) scope.Error("missing_key", path, "The key \"value\" is missing: a thresholdMetric is compared with it.");
        }
        else if (sli.RatioMetric is not null)
        {
            if (objective.Op is not null) scope.Warning("unused_key", $"{path}.op", "An op says something only with a thresholdMetric: a ratioMetric is compared with the target.");
            if (objective.Value is not null) scope.Warning("unused_key", $"{path}.value", "A value says something only with a thresholdMetric: a ratioMetric is compared with the target.");
        }
    }
}
