using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Shapes;

/// <summary>One key of a record: its name, its value, and whether it may be left out or null.</summary>
internal sealed class PropertyShape
{
    private readonly PropertyAccess _access;

    public PropertyShape(PropertyInfo property, NullabilityInfo nullability, object prototype, int index)
    {
        Info = property;
        Index = index;
        Key = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        Encoded = JsonEncodedText.Encode(Key);
        Constraints = Constraints.Of(property);
        Value = ShapeCatalogue.Of(property.PropertyType, Constraints);
        Required = property.IsDefined(typeof(RequiredMemberAttribute));
        IsPlain = property.PropertyType.IsValueType;
        Nullable = nullability.WriteState == NullabilityState.Nullable;
        _access = PropertyAccess.Of(property);
        Default = Required ? null : Get(prototype);
    }

    public PropertyInfo Info { get; }

    /// <summary>Position among the properties of its record.</summary>
    public int Index { get; }

    public string Key { get; }

    public JsonEncodedText Encoded { get; }

    public Constraints Constraints { get; }

    public ValueShape Value { get; }

    public bool Required { get; }

    public bool Nullable { get; }

    /// <summary>A number, a word of a list, a time: neither a text nor anything that holds one.</summary>
    public bool IsPlain { get; }

    /// <summary>Value when the key is left out; null for required keys.</summary>
    public object? Default { get; }

    public object? Get(object instance) => _access.Get(instance);

    public void Set(object instance, object? value) => _access.Set(instance, value);

    public object? Read(Node node, BindScope scope)
    {
        if (node is ScalarNode { IsEmpty: true })
        {
            scope.Error(node, "no_value", $"Nothing stands after \"{Key}:\". Remove the key{(Nullable ? ", write null for none" : "")}, or give {Value.Expected}.");
            return Required ? Value.Blank : Default;
        }

        if (node is not ScalarNode { IsNull: true }) return Value.Read(node, scope);
        if (Nullable) return null;
        scope.Error(node, "null", $"Null is not legal: expected {Value.Expected}.");
        return Required ? Value.Blank : Default;
    }

    /// <summary>True when writing may leave it out.</summary>
    public bool IsDefault(object? value) => !Required && Same(value, Default);

    public bool Same(object? a, object? b) => ReferenceEquals(a, b) || (a is not null && b is not null && Value.Same(a, b));
}
