using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Shapes;

/// <summary><c>decimal</c>: amounts and prices, exactly as written.</summary>
internal sealed class DecimalShape(Constraints constraints) : ScalarShape
{
    private readonly decimal _minimum = (decimal?)constraints.LeastNumber ?? decimal.MinValue;
    private readonly decimal _maximum = (decimal?)constraints.GreatestNumber ?? decimal.MaxValue;

    public override string Expected => constraints.LeastNumber is null && constraints.GreatestNumber is null
        ? "an exact number" : string.Create(CultureInfo.InvariantCulture, $"a number from {_minimum} to {_maximum}");

    public override object Blank => Math.Clamp(0m, _minimum, _maximum);

    public static ValueShape? For(Type type, Constraints constraints) => type == typeof(decimal) ? new DecimalShape(constraints) : null;

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style) => writer.WriteNumberValue((decimal)value);

    public override JsonObject Schema(SchemaScope scope)
    {
        var schema = new JsonObject { ["type"] = "number" };
        if (constraints.LeastNumber is not null) schema["minimum"] = _minimum;
        if (constraints.GreatestNumber is not null) schema["maximum"] = _maximum;
        return schema;
    }

    protected override object? Parse(ScalarNode scalar, BindScope scope)
    {
        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (scalar.Style == ScalarStyle.Quoted || !decimal.TryParse(scalar.Text, styles, CultureInfo.InvariantCulture, out var number)) return null;
        if (number >= _minimum && number <= _maximum) return number;
        scope.Error(scalar, "out_of_range", $"{Echo.Of(scalar.Text)} is not legal: expected {Expected}.");
        return Blank;
    }
}
