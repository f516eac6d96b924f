using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Shapes;

/// <summary><c>IReadOnlyList&lt;T&gt;</c>.</summary>
internal sealed class ListShape : ValueShape
{
    private readonly Type _elementType;
    private readonly int _atLeast;

    private ListShape(Type elementType, Constraints constraints)
    {
        _elementType = elementType;
        _atLeast = constraints.MinimumLength;
        Element = ShapeCatalogue.Of(elementType, constraints);
        Blank = Array.CreateInstance(elementType, 0);
    }

    public ValueShape Element { get; }

    public override string Expected => _atLeast > 0 ? $"a list of at least {_atLeast}" : "a list";

    public override object Blank { get; }

    public static ValueShape? For(Type type, Constraints constraints) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? new ListShape(type.GetGenericArguments()[0], constraints) : null;

    public override object Read(Node node, BindScope scope)
    {
        if (node is not ListNode list)
        {
            var hint = node is ScalarNode scalar ? $": write [{Echo.Of(scalar.Text)}]" : "";
            scope.Error(node, "wrong_type", $"Expected {Expected}, found {node.Description}{hint}.");
            return Blank;
        }

        if (list.Items.Count < _atLeast) scope.Error(node, "too_few", $"Expected {Expected}, found {list.Items.Count}.");
        var values = Array.CreateInstance(_elementType, list.Items.Count);
        for (int i = 0; i < list.Items.Count; i++)
        {
            scope.Path.Push(i);
            if (list.Items[i] is ScalarNode { IsEmpty: true } or ScalarNode { IsNull: true })
            {
                scope.Error(list.Items[i], "null", $"An element is missing: expected {Element.Expected}.");
                values.SetValue(Element.Blank, i);
            }
            else
            {
                values.SetValue(Element.Read(list.Items[i], scope), i);
            }

            scope.Path.Pop();
        }

        return values;
    }

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style)
    {
        writer.WriteStartArray();
        foreach (var item in (IEnumerable)value) Element.Write(writer, item, style);
        writer.WriteEndArray();
    }

    public override bool Same(object a, object b)
    {
        if (ReferenceEquals(a, b)) return true;
        var first = ((IEnumerable)a).GetEnumerator();
        var second = ((IEnumerable)b).GetEnumerator();
        while (first.MoveNext())
        {
            if (!second.MoveNext() || !Element.Same(first.Current!, second.Current!)) return false;
        }

        return !second.MoveNext();
    }

    public override JsonObject Schema(SchemaScope scope)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = Element.Schema(scope) };
        if (_atLeast > 0) schema["minItems"] = _atLeast;
        return schema;
    }

    public override void Visit(object value, KeyPath path, PropertyVisitor visit)
    {
        int i = 0;
        foreach (var item in (IEnumerable)value)
        {
            path.Push(i++);
            Element.Visit(item, path, visit);
            path.Pop();
        }
    }

    public override IEnumerable<(string Path, PropertyShape Property)> Keys() => Element.Keys().Select(k => ("[]." + k.Path, k.Property));
}
