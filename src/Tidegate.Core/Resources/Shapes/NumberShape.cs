using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Shapes;

/// <summary><c>double</c>, finite.</summary>
internal sealed class NumberShape(Constraints constraints) : ScalarShape
{
    private readonly double _minimum = constraints.LeastNumber ?? double.MinValue;
    private readonly double _maximum = constraints.GreatestNumber ?? double.MaxValue;

    public override string Expected => constraints.LeastNumber is null && constraints.GreatestNumber is null ? "a number" : $"a number from {_minimum} to {_maximum}";

    public override object Blank => Math.Clamp(0.0, _minimum, _maximum);

    public static ValueShape? For(Type type, Constraints constraints) => type == typeof(double) ? new NumberShape(constraints) : null;

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style) => writer.WriteNumberValue((double)value);

    public override JsonObject Schema(SchemaScope scope)
    {
        var schema = new JsonObject { ["type"] = "number" };
        if (constraints.LeastNumber is { } minimum) schema["minimum"] = minimum;
        if (constraints.GreatestNumber is { } maximum) schema["maximum"] = maximum;
        return schema;
    }

    protected override object? Parse(ScalarNode scalar, BindScope scope)
    {
        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (scalar.Style == ScalarStyle.Quoted) return null;
        if (!double.TryParse(scalar.Text, styles, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) return null;
        if (number >= _minimum && number <= _maximum) return number;
        scope.Error(scalar, "out_of_range", $"{Echo.Of(scalar.Text)} is not legal: expected {Expected}.");
        return Blank;
    }
}
