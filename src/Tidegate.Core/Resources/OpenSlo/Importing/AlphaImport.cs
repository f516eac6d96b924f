using Tidegate.Core.Resources.OpenSlo.Lenient;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.OpenSlo.Importing;

/// <summary>OpenSLO v1alpha; objects of v1 in the same files are read leniently.</summary>
internal sealed class AlphaImport : ImportFormat
{
    private const string Alpha = "openslo/v1alpha";

    private static readonly string[] Parts = ["good", "bad", "total"];

    public override string Word => "openslo";

    public override IEnumerable<MapNode> Read(MapNode map, string? dataSource, LenientScope scope)
    {
        var (version, kind) = (LenientNode.TextOf(map, "apiVersion") ?? "", LenientNode.TextOf(map, "kind") ?? "?");
        scope.Resource = $"{kind}/{LenientNode.TextOf(map.Find("metadata") as MapNode, "name") ?? "?"}";
        if (string.Equals(version, OpenSloVersion.V1, StringComparison.OrdinalIgnoreCase)) return [map];
        if (!string.Equals(version, Alpha, StringComparison.OrdinalIgnoreCase))
        {
            scope.Refuse(map.Find("apiVersion") ?? map, "bad_word", $"\"{Echo.Of(version)}\" is no schema of OpenSLO that is known here: expected {Alpha} or {OpenSloVersion.V1}.");
            return [];
        }

        if (string.Equals(kind, "Service", StringComparison.OrdinalIgnoreCase)) return [ImportedObject.Of(map, OpenSloVersion.V1, "Service", map.Find("metadata"), map.Find("spec"))];
        if (string.Equals(kind, "SLO", StringComparison.OrdinalIgnoreCase) && map.Find("spec") is MapNode spec) return Slo(map, spec, dataSource, scope);
        scope.Refuse(map, "bad_word", $"\"{Echo.Of(kind)}\" is no kind of {Alpha}: expected SLO or Service, with a spec.");
        return [];
    }

    private static List<MapNode> Slo(MapNode map, MapNode spec, string? dataSource, LenientScope scope)
    {
        scope.Path.Push("spec");
        ImportedObject.TellOthers(spec, scope, "timeWindows", "budgetingMethod", "description", "indicator", "service", "objectives");
        var objectives = ImportedObject.Find(spec, "objectives") is ListNode list ? list.Items.OfType<MapNode>().ToList() : [];
        var window = Window(spec, scope);
        var method = ImportedObject.Find(spec, "budgetingMethod") as ScalarNode;
        bool sliced = string.Equals(method?.Text, "Timeslices", StringComparison.OrdinalIgnoreCase);
        var threshold = (ImportedObject.Find(spec, "indicator") as MapNode)?.Find("thresholdMetric") as MapNode;
        var objects = new List<MapNode>();
        // v1 has one indicator for all objectives of an SLO: those with ratios of their own become SLOs of their own.
        var groups = objectives.GroupBy(o => Key(ImportedObject.Find(o, "ratioMetrics") as MapNode), StringComparer.Ordinal).ToList();
        foreach (var (group, i) in groups.Select((g, i) => (g, i)))
        {
            var ratio = ImportedObject.Find(group.First(), "ratioMetrics") as MapNode;
            var metadata = map.Find("metadata") as MapNode;
            if (groups.Count > 1) metadata = Renamed(metadata, group.First(), i, scope);
            objects.Add(ImportedObject.Of(map, OpenSloVersion.V1, "SLO", metadata, LenientNode.Map(
                spec,
                ("description", ImportedObject.Find(spec, "description")),
                ("service", ImportedObject.Find(spec, "service")),
                ("indicator", Indicator(ratio, threshold, metadata, dataSource)),
                ("timeWindow", window),
                ("budgetingMethod", method),
                ("objectives", LenientNode.List(spec, group.Select(o => Objective(o, sliced, ratio is not null, scope)))))));
        }

        scope.Path.Pop();
        return objects;
    }

    private static string Key(MapNode? ratio) => ratio is null ? "" : string.Join('\n', Parts.Select(k => LenientNode.TextOf(ratio.Find(k) as MapNode, "query") ?? ""));

    private static MapNode? Renamed(MapNode? metadata, MapNode objective, int index, LenientScope scope)
    {
        if (metadata?.Find("name") is not ScalarNode name) return metadata;
        var called = $"{name.Text}-{LenientName.Of((LenientNode.TextOf(objective, "displayName") ?? (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)).Replace(' ', '-'))}";
        scope.Forgive(objective, $"Objectives with ratios of their own become SLOs of their own: this one is called {called}.");
        return LenientNode.With(metadata, "name", LenientNode.Text(name, called));
    }

    private static MapNode? Indicator(MapNode? ratio, MapNode? threshold, MapNode? metadata, string? dataSource)
    {
        if ((ratio ?? threshold) is not { } metric) return null;
        MapNode? Metric(MapNode? source) => source?.Find("query") is { } query ? ImportedObject.Metric(query, LenientNode.TextOf(source, "source") ?? "prometheus", dataSource) : null;
        var spec = ratio is null
            ? LenientNode.Map(metric, ("thresholdMetric", Metric(threshold)))
            : LenientNode.Map(metric, ("ratioMetric", LenientNode.Map(
                metric,
                ("counter", ImportedObject.Find(ratio, "incremental") ?? ImportedObject.Find(ratio, "counter")),
                ("good", Metric(ratio.Find("good") as MapNode)),
                ("bad", Metric(ratio.Find("bad") as MapNode)),
                ("total", Metric(ratio.Find("total") as MapNode)))));
        var name = $"{LenientNode.TextOf(metadata, "name") ?? "slo"}-indicator";
        return LenientNode.Map(metric, ("metadata", LenientNode.Map(metric, ("name", LenientNode.Text(metric, name)))), ("spec", spec));
    }

    private static MapNode Objective(MapNode objective, bool sliced, bool isRatio, LenientScope scope)
    {
        ImportedObject.TellOthers(objective, scope, "displayName", "op", "value", "target", "timeSliceTarget", "timeSliceWindow", "ratioMetrics");
        var slice = ImportedObject.Find(objective, "timeSliceWindow");
        if (sliced && slice is null)
        {
            scope.Forgive(objective, "v1alpha has no length of slices: it is taken for 1m.");
            slice = LenientNode.Text(objective, "1m");
        }

        return LenientNode.Map(
            objective,
            ("displayName", ImportedObject.Find(objective, "displayName")),
            ("op", isRatio ? null : ImportedObject.Find(objective, "op")),
            ("value", isRatio ? null : ImportedObject.Find(objective, "value")),
            ("target", ImportedObject.Find(objective, "target")),
            ("timeSliceTarget", ImportedObject.Find(objective, "timeSliceTarget")),
            ("timeSliceWindow", slice));
    }

    private static ListNode? Window(MapNode spec, LenientScope scope)
    {
        if (ImportedObject.Find(spec, "timeWindows") is not ListNode { Items: [MapNode window, ..] } windows) return null;
        if (windows.Items.Count > 1) scope.Forgive(windows.Items[1], "An SLO has one time window: the first holds.");
        var (count, unit) = (LenientNode.TextOf(window, "count"), LenientNode.TextOf(window, "unit"));
        var duration = LenientDuration.Of($"{count} {unit}");
        var calendar = window.Find("calendar");
        return LenientNode.List(window, LenientNode.Map(
            window,
            ("duration", LenientNode.Text(window, duration?.ToString() ?? $"{count} {unit}")),
            ("isRolling", LenientNode.Plain(window, calendar is null ? "true" : "false")),
            ("calendar", calendar)));
    }
}
