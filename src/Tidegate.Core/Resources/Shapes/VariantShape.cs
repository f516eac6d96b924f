using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Shapes;

/// <summary>A block whose key <c>type</c> decides which record it is (<see cref="VariantsAttribute"/>).</summary>
internal sealed class VariantShape : ValueShape
{
    public const string Key = "type";

    private VariantShape(VariantsAttribute variants) => Variants = [.. variants.Variants.Select(ShapeCatalogue.OfRecord)];

    /// <summary>In the order of their declaration.</summary>
    public IReadOnlyList<RecordShape> Variants { get; }

    public IEnumerable<string> Words => Variants.Select(v => v.Variant!);

    public override string Expected => $"a block with type: one of {string.Join(", ", Words)}";

    public override object Blank => Variants[0].Blank;

    public static ValueShape? For(Type type, Constraints constraints) => type.GetCustomAttribute<VariantsAttribute>() is { } variants ? new VariantShape(variants) : null;

    public override object Read(Node node, BindScope scope)
    {
        if (node is not MapNode map)
        {
            scope.Error(node, "wrong_type", $"Expected {Expected}, found {node.Description}.");
            return Blank;
        }

        scope.Path.Push(Key);
        var written = map.Find(Key);
        var record = written is ScalarNode word ? Variants.FirstOrDefault(v => string.Equals(v.Variant, word.Text, StringComparison.Ordinal)) : null;
        if (written is null) scope.Error(map, "missing_key", $"The key \"{Key}\" is missing: give one of {string.Join(", ", Words)}.");
        else if (record is null) scope.Error(written, "bad_word", $"{written.Description} is not legal: expected one of {string.Join(", ", Words)}.{Suggestion.For((written as ScalarNode)?.Text ?? "", Words)}");
        scope.Path.Pop();
        if (record is not null) return record.Read(node, scope);
        scope.Break();
        return Blank;
    }

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style) => Of(value).Write(writer, value, style);

    public override bool Same(object a, object b) => a.GetType() == b.GetType() && Of(a).Same(a, b);

    public override JsonObject Schema(SchemaScope scope) => new() { ["oneOf"] = new JsonArray([.. Variants.Select(v => v.Schema(scope))]) };

    public override void Visit(object value, KeyPath path, PropertyVisitor visit) => Of(value).Visit(value, path, visit);

    public override IEnumerable<(string Path, PropertyShape Property)> Keys() => Variants.SelectMany(v => v.Keys().Select(k => ($"({v.Variant}).{k.Path}", k.Property)));

    private static RecordShape Of(object value) => ShapeCatalogue.OfRecord(value.GetType());
}
