using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Shapes;

/// <summary><c>TimeSpan</c>, written with units.</summary>
internal sealed class DurationShape(DurationRangeAttribute? range) : ScalarShape
{
    private readonly TimeSpan _minimum = range is null ? TimeSpan.Zero : Duration.Parse(range.Minimum);
    private readonly TimeSpan _maximum = range is null ? TimeSpan.MaxValue : Duration.Parse(range.Maximum);

    public override string Expected => range is null ? Duration.Expected : $"{Duration.Expected}, from {range.Minimum} to {range.Maximum}";

    public override object Blank => _minimum;

    public static ValueShape? For(Type type, Constraints constraints) => type == typeof(TimeSpan) ? new DurationShape(constraints.Duration) : null;

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style) => writer.WriteStringValue(Duration.Format((TimeSpan)value));

    // The span itself has no words in JSON Schema; it is told in prose.
    public override JsonObject Schema(SchemaScope scope)
    {
        var schema = new JsonObject { ["type"] = "string", ["pattern"] = Duration.Pattern };
        if (range is not null) schema["$comment"] = $"from {range.Minimum} to {range.Maximum}";
        return schema;
    }

    protected override object? Parse(ScalarNode scalar, BindScope scope)
    {
        if (scalar.Style == ScalarStyle.Literal || !Duration.TryParse(scalar.Text, out var value)) return null;
        if (value >= _minimum && value <= _maximum) return value;
        scope.Error(scalar, "out_of_range", $"{Echo.Of(scalar.Text)} is not legal: expected {Expected}.");
        return Blank;
    }
}
