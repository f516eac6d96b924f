using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Secrets;

namespace Tidegate.Core.Resources.Shapes;

/// <summary><c>IReadOnlyDictionary&lt;string, string&gt;</c>: keys that the author chooses. Their order means nothing.</summary>
internal sealed class MapShape(Constraints constraints) : ValueShape
{
    private static readonly StringShape Value = new(Constraints.None);

    public override string Expected => "keys with texts";

    public override object Blank { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static ValueShape? For(Type type, Constraints constraints) => type == typeof(IReadOnlyDictionary<string, string>) ? new MapShape(constraints) : null;

    public override object Read(Node node, BindScope scope)
    {
        if (node is not MapNode map)
        {
            scope.Error(node, "wrong_type", $"Expected {Expected}, found {node.Description}.");
            return Blank;
        }

        var values = new Dictionary<string, string>(map.Entries.Count, StringComparer.Ordinal);
        foreach (var (key, value) in map.Entries)
        {
            scope.Path.Push(key.Text);
            if (values.ContainsKey(key.Text)) scope.Error(key, "duplicate_key", "The key stands here twice: remove one.");
            if (value is ScalarNode { IsEmpty: true } or ScalarNode { IsNull: true }) scope.Error(value, "null", "The key has no value: write \"\" for an empty text, or remove the key.");
            else values[key.Text] = (string)Value.Read(value, scope);
            scope.Path.Pop();
        }

        return values;
    }

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style)
    {
        writer.WriteStartObject();
        var map = (IReadOnlyDictionary<string, string>)value;
        foreach (var (key, text) in map.Count < 2 ? map : map.OrderBy(p => p.Key, StringComparer.Ordinal).AsEnumerable())
        {
            writer.WriteString(key, style == WriteStyle.Shown && constraints.Secret is not null ? SecretText.Shown(text, constraints.Secret, key) : text);
        }

        writer.WriteEndObject();
    }

    public override bool Same(object a, object b)
    {
        var (first, second) = ((IReadOnlyDictionary<string, string>)a, (IReadOnlyDictionary<string, string>)b);
        return ReferenceEquals(a, b) || (first.Count == second.Count && first.All(p => second.TryGetValue(p.Key, out var text) && string.Equals(text, p.Value, StringComparison.Ordinal)));
    }

    public override JsonObject Schema(SchemaScope scope) => new() { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } };
}
