using Tidegate.Core.Resources.OpenSlo.Lenient;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.OpenSlo.Importing;

/// <summary>Brings objectives along from other formats: OpenSLO v1alpha, Sloth's <c>prometheus/v1</c> and its Kubernetes objects.</summary>
public static class Importer
{
    private static readonly ImportFormat[] All = [new AlphaImport(), new SlothImport()];

    /// <summary>Words of all formats.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. All.Select(f => f.Word)];

    /// <summary>Reads texts of a format.</summary>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="dataSource">Name of the DataSource that queries are for; null: they name none.</param>
    public static ImportResult Read(string format, IEnumerable<SourceText> texts, string? dataSource = null)
    {
        var import = All.FirstOrDefault(f => f.Word == format) ?? throw new ArgumentException($"\"{format}\" is no format: use one of {string.Join(", ", Formats)}.", nameof(format));
        var limits = new ReadLimits();
        var findings = new FindingList(limits.Findings);
        var reader = new NodeReader(limits, findings);
        var written = texts.SelectMany(reader.Read).SelectMany(n => n is ListNode list ? list.Items : [n]).ToList();
        var objects = Services(written.SelectMany(node => Read(import, node, dataSource, findings)).ToList()).ToList();
        // References to objects that are elsewhere, such as the DataSource, are for plan and apply to check.
        var result = DocumentReader.Read(objects, () => false, null, findings, lenient: true);
        return new ImportResult([.. (result.Document?.Resources ?? []).OrderBy(r => r.Kind switch { "Service" => 0, "AlertSet" => 1, _ => 2 }).ThenBy(r => r.Id, StringComparer.Ordinal)], result.Findings);
    }

    private static List<MapNode> Read(ImportFormat format, Node node, string? dataSource, FindingList findings)
    {
        var scope = new LenientScope(findings);
        if (node is MapNode map) return [.. format.Read(map, dataSource, scope)];
        scope.Refuse(node, "wrong_type", $"Expected an object, found {node.Description}.");
        return [];
    }

    /// <summary>The objects, with those services that are only named, and each service once.</summary>
    private static IEnumerable<MapNode> Services(List<MapNode> objects)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var map in objects)
        {
            if (LenientNode.TextOf(map, "kind") != "Service" || known.Add(Name(map))) yield return map;
        }

        foreach (var map in objects.Where(o => LenientNode.TextOf(o, "kind") == "SLO"))
        {
            if ((map.Find("spec") as MapNode)?.Find("service") is ScalarNode service && known.Add(LenientName.Of(service.Text)))
                yield return ImportedObject.Of(service, OpenSloVersion.V1, "Service", LenientNode.Map(service, ("name", LenientNode.Text(service, service.Text))), null);
        }

        static string Name(MapNode map) => LenientName.Of(LenientNode.TextOf(map.Find("metadata") as MapNode, "name") ?? "");
    }
}
