using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Shapes;

/// <summary><c>IReadOnlyDictionary&lt;string, IReadOnlyList&lt;string&gt;&gt;</c>: keys with a text, or with several. A list of one is the same as the text.</summary>
internal sealed class LabelsShape : ValueShape
{
    private static readonly LabelsShape Instance = new();
    private static readonly StringShape Text = new(Constraints.None);

    public override string Expected => "keys with texts or lists of texts";

    public override object Blank { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    public static ValueShape? For(Type type, Constraints constraints) => type == typeof(IReadOnlyDictionary<string, IReadOnlyList<string>>) ? Instance : null;

    public override object Read(Node node, BindScope scope)
    {
        if (node is not MapNode map)
        {
            scope.Error(node, "wrong_type", $"Expected {Expected}, found {node.Description}.");
            return Blank;
        }

        var values = new Dictionary<string, IReadOnlyList<string>>(map.Entries.Count, StringComparer.Ordinal);
        foreach (var (key, value) in map.Entries)
        {
            scope.Path.Push(key.Text);
            if (values.ContainsKey(key.Text)) scope.Error(key, "duplicate_key", "The key stands here twice: remove one.");
            else if (value is ScalarNode { IsEmpty: true } or ScalarNode { IsNull: true }) scope.Error(value, "null", "The key has no value: write \"\" for an empty text, or remove the key.");
            else values[key.Text] = Values(value, scope);
            scope.Path.Pop();
        }

        return values;
    }

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style)
    {
        writer.WriteStartObject();
        var labels = Labels(value);
        foreach (var (key, texts) in labels.Count < 2 ? labels : labels.OrderBy(p => p.Key, StringComparer.Ordinal).AsEnumerable())
        {
            writer.WritePropertyName(key);
            if (texts.Count == 1)
            {
                writer.WriteStringValue(texts[0]);
                continue;
            }

            writer.WriteStartArray();
            foreach (var text in texts) writer.WriteStringValue(text);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    public override bool Same(object a, object b) =>
        ReferenceEquals(a, b) || (Labels(a).Count == Labels(b).Count && Labels(a).All(p => Labels(b).TryGetValue(p.Key, out var texts) && texts.SequenceEqual(p.Value, StringComparer.Ordinal)));

    public override JsonObject Schema(SchemaScope scope)
    {
        static JsonObject OneText() => new() { ["type"] = "string" };
        var value = new JsonObject { ["anyOf"] = new JsonArray(OneText(), new JsonObject { ["type"] = "array", ["items"] = OneText() }) };
        return new JsonObject { ["type"] = "object", ["additionalProperties"] = value };
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> Labels(object value) => (IReadOnlyDictionary<string, IReadOnlyList<string>>)value;

    private static string[] Values(Node value, BindScope scope)
    {
        if (value is not ListNode list) return [(string)Text.Read(value, scope)];
        var texts = new string[list.Items.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            scope.Path.Push(i);
            texts[i] = (string)Text.Read(list.Items[i], scope);
            scope.Path.Pop();
        }

        return texts;
    }
}
