using System.Globalization;
using Tidegate.Core.Resources.OpenSlo.AlertPolicies;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.OpenSlo.Lenient;

/// <summary>What files of OpenSLO v1 in the wild leave out or put elsewhere, by kind.</summary>
internal sealed class LenientQuirks(LenientScope scope, string name)
{
    /// <summary>Before keys are matched: keys of other versions, and blocks that skip a level.</summary>
    public MapNode Before(ResourceKind kind, MapNode spec)
    {
        if (kind is not SloKind) return spec;
        if (spec.Find("timeWindows") is { } windows && spec.Find("timeWindow") is null)
        {
            Forgive("timeWindows", windows, "\"timeWindows\" is taken for \"timeWindow\".");
            spec = LenientNode.With(LenientNode.With(spec, "timeWindows", null), "timeWindow", windows);
        }

        return Indicator(spec);
    }

    /// <summary>After keys are matched: what is missing, and what belongs to another method.</summary>
    public MapNode After(ResourceKind kind, MapNode spec) => kind switch
    {
        SloKind => Slo(spec),
        AlertPolicyKind => Policy(spec),
        _ => spec,
    };

    private MapNode Slo(MapNode spec)
    {
        if (spec.Find("budgetingMethod") is null)
        {
            Forgive("budgetingMethod", spec, "There is no budgetingMethod: it is taken for Occurrences.");
            spec = LenientNode.With(spec, "budgetingMethod", LenientNode.Text(spec, "Occurrences"));
        }

        spec = Windows(spec);
        if (spec.Find("objectives") is ListNode objectives) spec = LenientNode.With(spec, "objectives", Each("objectives", objectives, (o, i) => Objective(o, i, objectives.Items.Count, LenientNode.TextOf(spec, "budgetingMethod"))));
        if (spec.Find("alertPolicies") is ListNode policies)
        {
            spec = LenientNode.With(spec, "alertPolicies", Each("alertPolicies", policies, (p, i) =>
            {
                var read = Inline(p, "AlertPolicy", $"{name}-policy-{i + 1}");
                return read.Find("spec") is MapNode inner ? LenientNode.With(read, "spec", Within("spec", () => Policy(inner))) : read;
            }));
        }

        return spec;
    }

    private MapNode Windows(MapNode spec)
    {
        if (spec.Find("timeWindow") is not ListNode { Items.Count: > 0 } windows)
        {
            if (spec.Find("timeWindow") is not (null or ListNode)) return spec;
            Forgive("timeWindow", spec, "There is no time window: it is taken for 30 days, rolling.");
            var rolling = LenientNode.Map(spec, ("duration", LenientNode.Text(spec, "30d")), ("isRolling", LenientNode.Plain(spec, "true")));
            return LenientNode.With(spec, "timeWindow", LenientNode.List(spec, rolling));
        }

        return LenientNode.With(spec, "timeWindow", Each("timeWindow", windows, (window, _) =>
        {
            var rolling = LenientNode.TextOf(window, "isRolling");
            if (rolling == "true" && window.Find("calendar") is { } calendar)
            {
                Forgive("calendar", calendar, "A rolling window has no calendar: it is left out.");
                return LenientNode.With(window, "calendar", null);
            }

            if (rolling != "false" || window.Find("calendar") is not null) return window;
            Forgive("isRolling", window.Find("isRolling")!, "A window without a calendar rolls: isRolling is taken for true.");
            return LenientNode.With(window, "isRolling", LenientNode.Plain(window, "true"));
        }));
    }

    private MapNode Objective(MapNode objective, int index, int count, string? method)
    {
        objective = Target(objective);
        if (count > 1 && objective.Find("displayName") is null)
        {
            Forgive("displayName", objective, $"Several objectives are told apart by a displayName: this one is called objective-{index + 1}.");
            objective = LenientNode.With(objective, "displayName", LenientNode.Text(objective, $"objective-{index + 1}"));
        }

        if (method != "Timeslices") objective = Without(objective, "timeSliceTarget", $"timeSliceTarget says nothing with {method}: it is left out.");
        if (method == "Occurrences") objective = Without(objective, "timeSliceWindow", "timeSliceWindow says nothing with Occurrences: it is left out.");
        return objective;
    }

    private MapNode Target(MapNode objective)
    {
        if (objective.Find("target") is not ScalarNode target || !decimal.TryParse(target.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return objective;
        if (objective.Find("targetPercent") is ScalarNode percent && decimal.TryParse(percent.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var other))
        {
            if (value * 100 != other) return objective;
            Forgive("targetPercent", percent, "target says the same: targetPercent is left out.");
            return LenientNode.With(objective, "targetPercent", null);
        }

        if (value is <= 1 or >= 100) return objective;
        Forgive("target", target, $"A target is below 1: {target.Text} is taken for targetPercent.");
        return LenientNode.With(LenientNode.With(objective, "target", null), "targetPercent", LenientNode.Plain(target, target.Text));
    }

    /// <summary>An indicator that is an SLI's spec without the level above it, or has no name.</summary>
    private MapNode Indicator(MapNode spec)
    {
        if (spec.Find("indicator") is not MapNode indicator) return spec;
        scope.Path.Push("indicator");
        if (indicator.Find("spec") is null && (indicator.Find("ratioMetric") ?? indicator.Find("thresholdMetric")) is not null)
        {
            scope.Forgive(indicator, "The indicator has no spec: its keys are taken for it.");
            indicator = LenientNode.Map(indicator, ("metadata", indicator.Find("metadata")), ("spec", LenientNode.With(indicator, "metadata", null)));
        }

        indicator = Named(indicator, name.Length > 0 ? $"{name}-indicator" : "indicator");
        scope.Path.Pop();
        return LenientNode.With(spec, "indicator", indicator);
    }

    private MapNode Policy(MapNode policy)
    {
        if (policy.Find("conditions") is ListNode conditions) policy = LenientNode.With(policy, "conditions", Each("conditions", conditions, (c, i) => Inline(c, "AlertCondition", $"{name}-condition-{i + 1}")));
        if (policy.Find("notificationTargets") is ListNode targets) policy = LenientNode.With(policy, "notificationTargets", Each("notificationTargets", targets, (t, i) => Inline(t, "AlertNotificationTarget", $"{name}-target-{i + 1}")));
        return policy;
    }

    private MapNode Inline(MapNode written, string kind, string called)
    {
        if (written.Find("spec") is null) return written;
        if (written.Find("kind") is null)
        {
            Forgive("kind", written, $"What is written here has no kind: it is taken for {kind}.");
            written = LenientNode.With(written, "kind", LenientNode.Text(written, kind));
        }

        return Named(written, called);
    }

    private MapNode Named(MapNode written, string called)
    {
        if (written.Find("metadata") is MapNode metadata && metadata.Find("name") is not null)
            return LenientNode.With(written, "metadata", Within("metadata", () => LenientObject.Metadata(metadata, scope)));
        if (written.Find("metadata") is not (null or MapNode)) return written;
        Forgive("metadata", written, $"What is written here has no name: it is called {called}.");
        return LenientNode.With(written, "metadata", LenientNode.With(written.Find("metadata") as MapNode ?? LenientNode.Map(written), "name", LenientNode.Text(written, called)));
    }

    private ListNode Each(string key, ListNode list, Func<MapNode, int, MapNode> read) => Within(key, () => LenientNode.List(list, list.Items.Select((item, i) =>
    {
        scope.Path.Push(i);
        var node = item is MapNode map ? read(map, i) : item;
        scope.Path.Pop();
        return node;
    }).ToList()));

    private T Within<T>(string key, Func<T> read)
    {
        scope.Path.Push(key);
        var result = read();
        scope.Path.Pop();
        return result;
    }

    private MapNode Without(MapNode map, string key, string message)
    {
        if (map.Find(key) is not { } value) return map;
        Forgive(key, value, message);
        return LenientNode.With(map, key, null);
    }

    private void Forgive(string key, Node node, string message)
    {
        scope.Path.Push(key);
        scope.Forgive(node, message);
        scope.Path.Pop();
    }
}
