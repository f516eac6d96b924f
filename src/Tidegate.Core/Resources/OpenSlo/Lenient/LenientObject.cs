using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Lenient;

/// <summary>Lenient reading of one object of OpenSLO: gives a text that strict reading takes, and says of everything it forgave. Objects of Tidegate are always read strictly.</summary>
internal sealed class LenientObject(FindingList findings, Func<string, string?> typeOfDataSource)
{
    private static readonly string[] Keys = ["apiVersion", "kind", "metadata", "spec"];

    public Node Read(Node node)
    {
        if (node is not MapNode map || !IsOpenSlo(map)) return node;
        var scope = new LenientScope(findings) { Resource = $"{LenientNode.TextOf(map, "kind") ?? "?"}/{LenientNode.TextOf(map.Find("metadata") as MapNode, "name") ?? "?"}" };
        map = Envelope(map, scope);
        if (ResourceKinds.Find(OpenSloVersion.V1, LenientNode.TextOf(map, "kind") ?? "") is not { } kind) return map;
        scope.Resource = $"{kind.Word}/{LenientNode.TextOf(map.Find("metadata") as MapNode, "name") ?? "?"}";
        if (map.Find("spec") is not MapNode spec) return map;
        scope.Path.Push("spec");
        var quirks = new LenientQuirks(scope, LenientNode.TextOf(map.Find("metadata") as MapNode, "name") ?? "");
        // Keys first, so that what is missing is told from what is misspelt.
        var read = (MapNode)new LenientValue(scope, typeOfDataSource).Read(quirks.Before(kind, spec), kind.Shape, Constraints.None);
        read = quirks.After(kind, read);
        scope.Path.Pop();
        return LenientNode.With(map, "spec", read);
    }

    private static bool IsOpenSlo(MapNode map) =>
        (map.Find("apiVersion") ?? map.Entries.FirstOrDefault(e => string.Equals(e.Key.Text, "apiVersion", StringComparison.OrdinalIgnoreCase)).Value) is ScalarNode version
        && string.Equals(version.Text.Trim(), OpenSloVersion.V1, StringComparison.OrdinalIgnoreCase);

    private static MapNode Envelope(MapNode map, LenientScope scope)
    {
        var entries = new List<KeyValuePair<ScalarNode, Node>>(4);
        foreach (var (key, value) in map.Entries)
        {
            scope.Path.Push(key.Text);
            var known = Keys.FirstOrDefault(k => string.Equals(k, key.Text, StringComparison.OrdinalIgnoreCase));
            if (known is null) scope.Forgive(key, $"The key \"{Echo.Of(key.Text)}\" is not known and is left out.");
            else if (entries.Exists(e => e.Key.Text == known)) scope.Forgive(key, $"The key \"{known}\" stands here twice: the first holds.");
            else
            {
                if (known != key.Text) scope.Forgive(key, $"\"{Echo.Of(key.Text)}\" is taken for \"{known}\".");
                entries.Add(KeyValuePair.Create(LenientNode.Plain(key, known), Known(known, value, scope)));
            }

            scope.Path.Pop();
        }

        return new MapNode(map.Position.File, map.Line, map.Column, entries);
    }

    private static Node Known(string key, Node value, LenientScope scope)
    {
        if (value is ScalarNode scalar)
        {
            var word = key == "apiVersion" ? OpenSloVersion.V1
                : key == "kind" ? ResourceKinds.All.FirstOrDefault(k => k.ApiVersion == OpenSloVersion.V1 && string.Equals(k.Name, scalar.Text, StringComparison.OrdinalIgnoreCase))?.Name
                : null;
            if (word is null || word == scalar.Text) return value;
            scope.Forgive(scalar, $"{scalar.Description} is taken for {word}.");
            return LenientNode.Text(scalar, word);
        }

        if (key != "metadata" || value is not MapNode map) return value;
        var metadata = (MapNode)new LenientValue(scope, static _ => null).Read(map, ShapeCatalogue.OfRecord(typeof(ResourceMetadata)), Constraints.None);
        return Metadata(metadata, scope);
    }

    /// <summary>Metadata with a name that is legal here.</summary>
    internal static MapNode Metadata(MapNode metadata, LenientScope scope)
    {
        if (metadata.Find("name") is not ScalarNode name || LenientName.Of(name.Text) is var legal && legal == name.Text) return metadata;
        scope.Path.Push("name");
        scope.Forgive(name, $"{name.Description} is taken for {legal}.");
        scope.Path.Pop();
        return LenientNode.With(metadata, "name", LenientNode.Text(name, legal));
    }
}
