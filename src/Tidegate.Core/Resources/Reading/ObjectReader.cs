using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Reading;

/// <summary>Nodes to objects: the envelope (<c>apiVersion</c>, <c>kind</c>, <c>metadata</c>, <c>spec</c>), then the specification of its kind.</summary>
internal sealed class ObjectReader(FindingList findings)
{
    private static readonly string[] Keys = ["apiVersion", "kind", "metadata", "spec"];
    private static readonly List<string> Versions = [.. ResourceKinds.All.Select(k => k.ApiVersion).Distinct(StringComparer.Ordinal)];
    private static readonly List<string> AllNames = [.. ResourceKinds.All.Select(k => k.Name).Distinct(StringComparer.Ordinal)];
    private static readonly Dictionary<string, List<string>> NamesOf = Versions.ToDictionary(v => v, v => ResourceKinds.All.Where(k => k.ApiVersion == v).Select(k => k.Name).ToList(), StringComparer.Ordinal);
    private static readonly RecordShape Metadata = ShapeCatalogue.OfRecord(typeof(ResourceMetadata));

    /// <summary>The object, or null when not even its kind and name can be told.</summary>
    public ReadObject? Read(Node node)
    {
        var scope = new BindScope(findings);
        if (node is not MapNode map)
        {
            scope.Error(node, "wrong_type", $"Expected an object with the keys {string.Join(", ", Keys)}, found {node.Description}.");
            return null;
        }

        // The name first, so that every finding can say which object it is about.
        var name = (map.Find("metadata") as MapNode)?.Find("name") is ScalarNode { IsNull: false, IsEmpty: false } scalar ? scalar.Text : null;
        (scope.ApiVersion, scope.Kind, scope.Name) = ((map.Find("apiVersion") as ScalarNode)?.Text ?? "", (map.Find("kind") as ScalarNode)?.Text ?? "?", name ?? "?");
        CheckKeys(map, scope);
        var kind = FindKind(map, scope);
        var metadata = ReadMetadata(map, scope);
        if (kind is null) return null;

        // A kind whose keys all have defaults needs no spec.
        var spec = map.Find("spec") ?? new MapNode(map.Position.File, map.Line, map.Column, []);
        scope.Path.Push("spec");
        var value = kind.Shape.Read(spec, scope);
        scope.Path.Pop();
        return name is null || metadata is null ? null : new ReadObject(kind.Create(metadata, value, map.Position), map, scope.Broken);
    }

    private static ResourceMetadata? ReadMetadata(MapNode map, BindScope scope)
    {
        if (map.Find("metadata") is not { } node)
        {
            Missing("metadata", "name: and a name", map, scope);
            return null;
        }

        scope.Path.Push("metadata");
        var metadata = (ResourceMetadata)Metadata.Read(node, scope);
        scope.Path.Pop();
        return metadata;
    }

    private static void CheckKeys(MapNode map, BindScope scope)
    {
        for (int i = 0; i < map.Entries.Count; i++)
        {
            var key = map.Entries[i].Key;
            scope.Path.Push(key.Text);
            if (Array.IndexOf(Keys, key.Text) < 0)
                scope.Error(key, "unknown_key", $"Unknown key \"{Echo.Of(key.Text)}\".{Suggestion.For(key.Text, Keys)} Legal here: {string.Join(", ", Keys)}.");
            else if (map.FindKey(key.Text) is { } first && first != key)
                scope.Error(key, "duplicate_key", $"The key \"{key.Text}\" stands here twice, first at line {first.Line}: remove one.");
            scope.Path.Pop();
        }
    }

    private static ResourceKind? FindKind(MapNode map, BindScope scope)
    {
        var version = Word("apiVersion", Versions, map, scope);
        var name = Word("kind", version is null ? AllNames : NamesOf[version], map, scope);
        return version is null || name is null ? null : ResourceKinds.Find(version, name);
    }

    private static string? Word(string key, List<string> legal, MapNode map, BindScope scope)
    {
        if (map.Find(key) is not { } node)
        {
            Missing(key, $"one of {string.Join(", ", legal)}", map, scope);
            return null;
        }

        var word = (node as ScalarNode)?.Text ?? "";
        if (legal.Contains(word)) return word;
        scope.Path.Push(key);
        scope.Error(node, "bad_word", $"{node.Description} is not legal: expected one of {string.Join(", ", legal)}.{Suggestion.For(word, legal)}{(key == "apiVersion" ? Older(word) : Elsewhere(word))}");
        scope.Path.Pop();
        return null;
    }

    private static string Elsewhere(string kind) =>
        ResourceKinds.All.FirstOrDefault(k => k.Name == kind) is { } other ? $" {kind} is a kind of apiVersion {other.ApiVersion}." : "";

    private static string Older(string version) =>
        version.StartsWith("openslo/", StringComparison.OrdinalIgnoreCase) && !version.Equals(OpenSloVersion.V1, StringComparison.OrdinalIgnoreCase) ? " Older schemas of OpenSLO are converted with 'tidegate import openslo'."
        : version.StartsWith("sloth.", StringComparison.OrdinalIgnoreCase) ? " Specs of Sloth are converted with 'tidegate import sloth'." : "";

    private static void Missing(string key, string expected, MapNode map, BindScope scope)
    {
        scope.Path.Push(key);
        scope.Error(map, "missing_key", $"The key \"{key}\" is missing: give {expected}.");
        scope.Path.Pop();
    }
}
