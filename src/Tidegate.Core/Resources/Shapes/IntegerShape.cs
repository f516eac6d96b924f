using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Shapes;

/// <summary><c>int</c> and <c>long</c>.</summary>
internal sealed class IntegerShape(Type type, Constraints constraints) : ScalarShape
{
    private readonly long _minimum = constraints.Minimum ?? (type == typeof(int) ? int.MinValue : long.MinValue);
    private readonly long _maximum = constraints.Maximum ?? (type == typeof(int) ? int.MaxValue : long.MaxValue);
    private readonly IReadOnlyList<object> _allowed = constraints.Allowed;

    public override string Expected =>
        _allowed.Count > 0 ? $"one of {string.Join(", ", _allowed)}"
        : constraints.Minimum is null && constraints.Maximum is null ? "a whole number"
        : $"a whole number from {_minimum} to {_maximum}";

    public override object Blank => Boxed(Math.Clamp(0, _minimum, _maximum));

    public static ValueShape? For(Type type, Constraints constraints) =>
        (type == typeof(int) || type == typeof(long)) && !constraints.ByteSize ? new IntegerShape(type, constraints) : null;

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style) => writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));

    public override JsonObject Schema(SchemaScope scope)
    {
        var schema = new JsonObject { ["type"] = "integer" };
        if (_allowed.Count > 0) schema["enum"] = new JsonArray([.. _allowed.Select(a => JsonValue.Create(Convert.ToInt64(a, CultureInfo.InvariantCulture)))]);
        if (constraints.Minimum is { } minimum) schema["minimum"] = minimum;
        if (constraints.Maximum is { } maximum) schema["maximum"] = maximum;
        return schema;
    }

    protected override object? Parse(ScalarNode scalar, BindScope scope)
    {
        if (scalar.Style == ScalarStyle.Quoted) return null;
        if (!long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return null;
        if (number >= _minimum && number <= _maximum && (_allowed.Count == 0 || _allowed.Contains(Boxed(number)))) return Boxed(number);
        scope.Error(scalar, "out_of_range", $"{number} is not legal: expected {Expected}.");
        return Blank;
    }

    private object Boxed(long number) => Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
}
