using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Shapes;

/// <summary><see cref="DurationShorthand"/>, OpenSLO's durations. A plain number means minutes where <see cref="MinutesAllowedAttribute"/> says so.</summary>
internal sealed class DurationShorthandShape(bool minutes) : ScalarShape
{
    public override string Expected => minutes ? $"{DurationShorthand.Expected}, or a number of minutes" : DurationShorthand.Expected;

    public override object Blank => default(DurationShorthand);

    public static ValueShape? For(Type type, Constraints constraints) => type == typeof(DurationShorthand) ? new DurationShorthandShape(constraints.Minutes) : null;

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style) => writer.WriteStringValue(value.ToString());

    public override JsonObject Schema(SchemaScope scope)
    {
        var text = new JsonObject { ["type"] = "string", ["pattern"] = DurationShorthand.Pattern };
        return minutes ? new JsonObject { ["anyOf"] = new JsonArray(text, new JsonObject { ["type"] = "integer", ["minimum"] = 0 }) } : text;
    }

    protected override object? Parse(ScalarNode scalar, BindScope scope)
    {
        if (minutes && scalar.Style != ScalarStyle.Quoted && int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return new DurationShorthand(number, 'm');
        return scalar.Style != ScalarStyle.Literal && DurationShorthand.TryParse(scalar.Text, out var value) ? value : null;
    }
}
