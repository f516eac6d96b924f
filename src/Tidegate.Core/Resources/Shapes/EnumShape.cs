using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Shapes;

/// <summary>Enumerations, written as camelCase words, or as <see cref="JsonStringEnumMemberNameAttribute"/> says where a format has words of its own.</summary>
internal sealed class EnumShape : ScalarShape
{
    private readonly FrozenDictionary<string, object> _values;
    private readonly FrozenDictionary<object, string> _words;

    private EnumShape(Type type)
    {
        var values = Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(v => Enum.ToObject(type, v)).ToList();
        Words = [.. values.Select(v => Word(type.GetField(v.ToString()!)!))];
        _values = values.Zip(Words).ToFrozenDictionary(p => p.Second, p => p.First, StringComparer.Ordinal);
        _words = values.Zip(Words).ToFrozenDictionary(p => p.First, p => p.Second);
        Blank = values[0];
        Type = type;
    }

    public Type Type { get; }

    public IReadOnlyList<string> Words { get; }

    public override string Expected => $"one of {string.Join(", ", Words)}";

    public override object Blank { get; }

    public static ValueShape? For(Type type, Constraints constraints) => type.IsEnum ? new EnumShape(type) : null;

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style) => writer.WriteStringValue(_words[value]);

    // Not "enum": so every word can carry what it means, and editors show it.
    public override JsonObject Schema(SchemaScope scope) => new()
    {
        ["type"] = "string",
        ["oneOf"] = new JsonArray([.. Enum.GetNames(Type).Zip(Words).Select(w => scope.Described(new JsonObject { ["const"] = w.Second }, Type.GetField(w.First)!))]),
    };

    private static string Word(FieldInfo value) => value.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(value.Name);

    protected override object? Parse(ScalarNode scalar, BindScope scope)
    {
        if (scalar.Style == ScalarStyle.Literal) return null;
        if (_values.TryGetValue(scalar.Text, out var value)) return value;
        scope.Error(scalar, "bad_word", $"{scalar.Description} is not legal: expected {Expected}.{Suggestion.For(scalar.Text, Words)}");
        return Blank;
    }
}
