using Tidegate.Core.Resources.OpenSlo.Lenient;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.OpenSlo.Importing;

/// <summary>Makes objects of what stands somewhere else.</summary>
internal static class ImportedObject
{
    public static MapNode Of(Node at, string apiVersion, string kind, Node? metadata, Node? spec) => LenientNode.Map(
        at, ("apiVersion", LenientNode.Text(at, apiVersion)), ("kind", LenientNode.Text(at, kind)), ("metadata", metadata), ("spec", spec));

    /// <summary>A Prometheus source.</summary>
    public static MapNode Metric(Node query, string type, string? dataSource)
    {
        var source = LenientNode.Map(
            query,
            ("metricSourceRef", dataSource is null ? null : LenientNode.Text(query, dataSource)),
            ("type", dataSource is null ? LenientNode.Text(query, type) : null),
            ("spec", LenientNode.Map(query, ("query", query is ScalarNode text ? LenientNode.Text(text, text.Text.Trim()) : query))));
        return LenientNode.Map(query, ("metricSource", source));
    }

    /// <summary>A value by its key in any spelling: <c>error_query</c> and <c>errorQuery</c>.</summary>
    public static Node? Find(MapNode? map, string key) =>
        map?.Entries.FirstOrDefault(e => string.Equals(Letters(e.Key.Text), Letters(key), StringComparison.Ordinal)).Value is { } value && value is not (ScalarNode { IsNull: true } or ScalarNode { IsEmpty: true }) ? value : null;

    /// <summary>Tells of the keys that are not brought along.</summary>
    public static void TellOthers(MapNode? map, LenientScope scope, params ReadOnlySpan<string> known)
    {
        if (map is null) return;
        foreach (var (key, _) in map.Entries)
        {
            bool isKnown = false;
            foreach (var word in known) isKnown |= string.Equals(Letters(key.Text), Letters(word), StringComparison.Ordinal);
            if (isKnown) continue;
            scope.Path.Push(key.Text);
            scope.Forgive(key, $"\"{Echo.Of(key.Text)}\" has nothing that stands for it here, and is left out.");
            scope.Path.Pop();
        }
    }

    private static string Letters(string word) => new([.. word.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);
}
