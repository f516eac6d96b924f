using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Shapes;

/// <summary><c>DateTime</c>: date and time on the clock of a zone that stands beside it.</summary>
internal sealed class LocalTimeShape : ScalarShape
{
    private const string Format = "yyyy-MM-dd HH:mm:ss";

    private static readonly LocalTimeShape Instance = new();

    public override string Expected => "a local date and time, such as 2030-01-31 08:00:00";

    public override object Blank => DateTime.UnixEpoch;

    public static ValueShape? For(Type type, Constraints constraints) => type == typeof(DateTime) ? Instance : null;

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style) => writer.WriteStringValue(((DateTime)value).ToString(Format, CultureInfo.InvariantCulture));

    public override JsonObject Schema(SchemaScope scope) => new() { ["type"] = "string", ["pattern"] = @"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$" };

    protected override object? Parse(ScalarNode scalar, BindScope scope) =>
        scalar.Style != ScalarStyle.Literal && DateTime.TryParseExact(scalar.Text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null;
}
