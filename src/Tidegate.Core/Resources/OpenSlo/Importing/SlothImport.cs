using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.OpenSlo.Lenient;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.OpenSlo.Importing;

/// <summary>Sloth: its own files (<c>version: prometheus/v1</c>) and its Kubernetes objects (<c>sloth.slok.dev/v1</c>). Windows are of 30 days, as Sloth's are unless it is told otherwise.</summary>
internal sealed class SlothImport : ImportFormat
{
    private const string Own = "prometheus/v1";
    private const string Kubernetes = "sloth.slok.dev/v1";

    public override string Word => "sloth";

    public override IEnumerable<MapNode> Read(MapNode map, string? dataSource, LenientScope scope)
    {
        var version = LenientNode.TextOf(map, "version") ?? LenientNode.TextOf(map, "apiVersion") ?? "";
        bool inside = version == Kubernetes;
        if ((inside ? map.Find("spec") : version == Own ? map : null) is not MapNode spec)
        {
            scope.Refuse(map, "bad_word", $"This is no spec of Sloth: expected version: {Own}, or apiVersion: {Kubernetes} with a spec.");
            return [];
        }

        if (inside) scope.Path.Push("spec");
        ImportedObject.TellOthers(spec, scope, "version", "service", "labels", "slos");
        var service = ImportedObject.Find(spec, "service") as ScalarNode;
        scope.Resource = $"Service/{service?.Text ?? "?"}";
        if (service is null) scope.Refuse(spec, "missing_key", "The key \"service\" is missing: give the name of the service.");
        if (ImportedObject.Find(spec, "slos") is not ListNode list)
        {
            scope.Refuse(spec, "missing_key", "The key \"slos\" is missing: there is nothing to bring along.");
            return [];
        }

        var objects = new List<MapNode>();
        scope.Path.Push("slos");
        for (int i = 0; i < list.Items.Count && service is not null; i++)
        {
            scope.Path.Push(i);
            if (list.Items[i] is MapNode slo) objects.AddRange(Slo(slo, service, ImportedObject.Find(spec, "labels") as MapNode, dataSource, scope));
            else scope.Refuse(list.Items[i], "wrong_type", $"Expected a block of keys, found {list.Items[i].Description}.");
            scope.Path.Pop();
        }

        scope.Path.Pop();
        return objects.DistinctBy(o => (LenientNode.TextOf(o, "kind"), LenientNode.TextOf(o.Find("metadata") as MapNode, "name")));
    }

    private static List<MapNode> Slo(MapNode slo, ScalarNode service, MapNode? labels, string? dataSource, LenientScope scope)
    {
        // Names are unique within a service there, and within a document here.
        var name = $"{service.Text}-{LenientNode.TextOf(slo, "name") ?? "slo"}";
        scope.Resource = $"SLO/{name}";
        ImportedObject.TellOthers(slo, scope, "name", "objective", "description", "labels", "sli", "alerting");
        var alerting = ImportedObject.Find(slo, "alerting") as MapNode;
        var set = Alerts(alerting, slo, scope);
        var metadata = LenientNode.Map(
            slo,
            ("name", LenientNode.Text(slo, name)),
            ("labels", Joined(slo, labels, ImportedObject.Find(slo, "labels") as MapNode, ImportedObject.Find(alerting, "labels") as MapNode)),
            ("annotations", ImportedObject.Find(alerting, "annotations")));
        var objective = LenientNode.Map(slo, ("targetPercent", ImportedObject.Find(slo, "objective") is ScalarNode target ? LenientNode.Plain(target, target.Text) : null));
        var window = LenientNode.Map(slo, ("duration", LenientNode.Text(slo, "30d")), ("isRolling", LenientNode.Plain(slo, "true")));
        var converted = ImportedObject.Of(slo, OpenSloVersion.V1, "SLO", metadata, LenientNode.Map(
            slo,
            ("description", ImportedObject.Find(slo, "description")),
            ("service", service),
            ("indicator", Indicator(slo, name, dataSource, scope)),
            ("timeWindow", LenientNode.List(slo, window)),
            ("budgetingMethod", LenientNode.Text(slo, "Occurrences")),
            ("objectives", LenientNode.List(slo, objective)),
            ("alertPolicies", set is null ? null : LenientNode.List(slo, LenientNode.Text(slo, set)))));
        return set is null or BuiltInAlertSets.None ? [converted] : [converted, AlertSet(slo, set)];
    }

    private static MapNode? Indicator(MapNode slo, string name, string? dataSource, LenientScope scope)
    {
        var sli = ImportedObject.Find(slo, "sli") as MapNode;
        scope.Path.Push("sli");
        ImportedObject.TellOthers(sli, scope, "events", "raw", "plugin");
        MapNode? ratio = null;
        if (ImportedObject.Find(sli, "plugin") is { } plugin)
            scope.Refuse(plugin, "not_expressible", "An SLI plugin is a program: write the queries it makes as events or raw ('sloth generate' shows them).");
        else if (ImportedObject.Find(sli, "events") is MapNode events && ImportedObject.Find(events, "error_query") is { } errors && ImportedObject.Find(events, "total_query") is { } total)
            ratio = LenientNode.Map(events, ("bad", ImportedObject.Metric(errors, "prometheus", dataSource)), ("total", ImportedObject.Metric(total, "prometheus", dataSource)));
        else if (ImportedObject.Find(ImportedObject.Find(sli, "raw") as MapNode, "error_ratio_query") is { } raw)
            ratio = LenientNode.Map(raw, ("rawType", LenientNode.Text(raw, "failure")), ("raw", ImportedObject.Metric(raw, "prometheus", dataSource)));
        else
            scope.Refuse(sli ?? slo, "missing_key", "There is no indicator: give events (error_query and total_query) or raw (error_ratio_query).");
        scope.Path.Pop();
        return ratio is null ? null : LenientNode.Map(
            ratio, ("metadata", LenientNode.Map(ratio, ("name", LenientNode.Text(ratio, $"{name}-indicator")))), ("spec", LenientNode.Map(ratio, ("ratioMetric", ratio))));
    }

    /// <summary>Name of the set of alerts; null for the built-in one, which is Sloth's as well.</summary>
    private static string? Alerts(MapNode? alerting, MapNode slo, LenientScope scope)
    {
        scope.Path.Push("alerting");
        ImportedObject.TellOthers(alerting, scope, "labels", "annotations", "page_alert", "ticket_alert");
        bool page = IsOn("page_alert"), ticket = IsOn("ticket_alert");
        scope.Path.Pop();
        return (page, ticket) switch { (true, true) => null, (true, false) => "sloth-page", (false, true) => "sloth-ticket", _ => BuiltInAlertSets.None };

        bool IsOn(string key)
        {
            var alert = ImportedObject.Find(alerting, key) as MapNode;
            scope.Path.Push(key);
            ImportedObject.TellOthers(alert, scope, "disable");
            scope.Path.Pop();
            return ImportedObject.Find(alert, "disable") is not ScalarNode { Text: "true" or "True" or "TRUE" };
        }
    }

    private static MapNode AlertSet(Node at, string name)
    {
        var severity = name["sloth-".Length..];
        var pairs = BuiltInAlertSets.All["30d"].Pairs.Where(p => string.Equals(p.Severity.ToString(), severity, StringComparison.OrdinalIgnoreCase)).Select(p => LenientNode.Map(
            at,
            ("severity", LenientNode.Text(at, severity)),
            ("long", LenientNode.Text(at, p.Long.ToString())),
            ("short", LenientNode.Text(at, p.Short.ToString())),
            ("burn", LenientNode.Plain(at, p.Burn!.Value.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture)))));
        return ImportedObject.Of(at, "tidegate/v1", "AlertSet", LenientNode.Map(at, ("name", LenientNode.Text(at, name))), LenientNode.Map(at, ("pairs", LenientNode.List(at, pairs))));
    }

    private static MapNode? Joined(Node at, params MapNode?[] maps)
    {
        MapNode? all = null;
        foreach (var (key, value) in maps.OfType<MapNode>().SelectMany(m => m.Entries)) all = LenientNode.With(all ?? LenientNode.Map(at), key.Text, value);
        return all;
    }
}
