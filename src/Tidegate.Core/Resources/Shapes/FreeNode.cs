using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Resources.Secrets;

namespace Tidegate.Core.Resources.Shapes;

/// <summary>Values without a shape: to JSON and back to nodes, so that whoever knows their meaning can bind them.</summary>
internal static partial class FreeNode
{
    public static JsonSerializerOptions Plain { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The block as JSON. Plain words take the type that YAML 1.2 and JSON agree on.</summary>
    public static JsonObject ToJson(MapNode map, BindScope scope)
    {
        var json = new JsonObject();
        foreach (var (key, value) in map.Entries)
        {
            scope.Path.Push(key.Text);
            if (!json.ContainsKey(key.Text)) json[key.Text] = ToJson(value, scope);
            else scope.Error(key, "duplicate_key", "The key stands here twice: remove one.");
            scope.Path.Pop();
        }

        return json;
    }

    /// <summary>The same with the keys of every block sorted.</summary>
    public static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    /// <summary>The same with plain secrets masked.</summary>
    public static JsonNode Masked(JsonObject map, string under, SecretAttribute secret)
    {
        foreach (var (key, value) in map.ToList()) map[key] = Masked(value?.DeepClone(), key, secret);
        return map;
    }

    /// <summary>Every text with its key, and the path below <paramref name="path"/>.</summary>
    public static void VisitTexts(JsonNode? node, string key, KeyPath path, Action<string, string> visit)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map)
                {
                    path.Push(name);
                    VisitTexts(value, name, path, visit);
                    path.Pop();
                }

                break;
            case JsonArray list:
                for (int i = 0; i < list.Count; i++)
                {
                    path.Push(i);
                    VisitTexts(list[i], key, path, visit);
                    path.Pop();
                }

                break;
            case JsonValue value when value.TryGetValue(out string? text):
                visit(key, text);
                break;
        }
    }

    private static JsonNode? Masked(JsonNode? node, string key, SecretAttribute secret) => node switch
    {
        JsonObject map => Masked(map, key, secret),
        JsonArray list => new JsonArray([.. list.Select(item => Masked(item?.DeepClone(), key, secret))]),
        JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(SecretText.Shown(text, secret, key)),
        _ => node,
    };

    /// <summary>Any value as JSON.</summary>
    public static JsonNode? ToJson(Node node, BindScope scope)
    {
        switch (node)
        {
            case MapNode map:
                return ToJson(map, scope);
            case ListNode list:
                var items = new JsonArray();
                for (int i = 0; i < list.Items.Count; i++)
                {
                    scope.Path.Push(i);
                    items.Add(ToJson(list.Items[i], scope));
                    scope.Path.Pop();
                }

                return items;
            default:
                var scalar = (ScalarNode)node;
                if (scalar.Style == ScalarStyle.Quoted) return JsonValue.Create(scalar.Text);
                if (scalar.IsNull || scalar.IsEmpty) return null;
                return scalar.Text is "true" or "false" || Number().IsMatch(scalar.Text) ? JsonNode.Parse(scalar.Text) : JsonValue.Create(scalar.Text);
        }
    }

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
