using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.OpenSlo.Lenient;

/// <summary>Nodes that stand in for others, at their places.</summary>
internal static class LenientNode
{
    public static ScalarNode Text(Node at, string text) => new(at.Position.File, at.Line, at.Column, text, ScalarStyle.Quoted);

    public static ScalarNode Plain(Node at, string text) => new(at.Position.File, at.Line, at.Column, text, ScalarStyle.Plain);

    public static ListNode List(Node at, params IEnumerable<Node> items) => new(at.Position.File, at.Line, at.Column, [.. items]);

    /// <summary>A block; keys without a value are left out.</summary>
    public static MapNode Map(Node at, params IEnumerable<(string Key, Node? Value)> entries) =>
        new(at.Position.File, at.Line, at.Column, [.. entries.Where(e => e.Value is not null).Select(e => KeyValuePair.Create(Plain(e.Value!, e.Key), e.Value!))]);

    /// <summary>The block with a key set, added, or (with null) removed.</summary>
    public static MapNode With(MapNode map, string key, Node? value)
    {
        var entries = map.Entries.Where(e => e.Key.Text != key || value is not null).Select(e => e.Key.Text == key ? KeyValuePair.Create(e.Key, value!) : e).ToList();
        if (value is not null && map.Find(key) is null) entries.Add(KeyValuePair.Create(Plain(value, key), value));
        return new MapNode(map.Position.File, map.Line, map.Column, entries);
    }

    /// <summary>The text of a scalar under a key, or null.</summary>
    public static string? TextOf(MapNode? map, string key) => map?.Find(key) is ScalarNode { IsEmpty: false, IsNull: false } scalar ? scalar.Text : null;
}
