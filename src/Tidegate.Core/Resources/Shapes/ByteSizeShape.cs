using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Shapes;

/// <summary><c>int</c> or <c>long</c> marked <see cref="ByteSizeAttribute"/>: a number, or a text with a unit.</summary>
internal sealed class ByteSizeShape(Type type, Constraints constraints) : ScalarShape
{
    private readonly long _minimum = constraints.Minimum ?? 0;
    private readonly long _maximum = constraints.Maximum ?? (type == typeof(int) ? int.MaxValue : long.MaxValue);

    public override string Expected => _maximum == long.MaxValue ? ByteSize.Expected : $"{ByteSize.Expected}, from {_minimum} to {_maximum}";

    public override object Blank => Boxed(_minimum);

    public static ValueShape? For(Type type, Constraints constraints) =>
        constraints.ByteSize && (type == typeof(int) || type == typeof(long)) ? new ByteSizeShape(type, constraints) : null;

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style) =>
        writer.WriteStringValue(ByteSize.Format(Convert.ToInt64(value, CultureInfo.InvariantCulture)));

    public override JsonObject Schema(SchemaScope scope)
    {
        var number = new JsonObject { ["type"] = "integer", ["minimum"] = _minimum };
        if (_maximum != long.MaxValue) number["maximum"] = _maximum;
        return new JsonObject { ["anyOf"] = new JsonArray(number, new JsonObject { ["type"] = "string", ["pattern"] = ByteSize.Pattern }) };
    }

    protected override object? Parse(ScalarNode scalar, BindScope scope)
    {
        if (!ByteSize.TryParse(scalar.Text, out var bytes)) return null;
        if (bytes >= _minimum && bytes <= _maximum) return Boxed(bytes);
        scope.Error(scalar, "out_of_range", $"{Echo.Of(scalar.Text)} is not legal: expected {Expected}.");
        return Blank;
    }

    private object Boxed(long number) => Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
}
