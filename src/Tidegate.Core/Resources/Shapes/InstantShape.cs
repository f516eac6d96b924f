using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Shapes;

/// <summary><c>DateTimeOffset</c>: RFC 3339 with offset; written in UTC.</summary>
internal sealed class InstantShape : ScalarShape
{
    private const string Written = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    private static readonly InstantShape Instance = new();
    private static readonly string[] Legal = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public override string Expected => "a time with offset, such as 2030-01-31T08:00:00Z";

    public override object Blank => DateTimeOffset.UnixEpoch;

    public static ValueShape? For(Type type, Constraints constraints) => type == typeof(DateTimeOffset) ? Instance : null;

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style) =>
        writer.WriteStringValue(((DateTimeOffset)value).UtcDateTime.ToString(Written, CultureInfo.InvariantCulture));

    public override JsonObject Schema(SchemaScope scope) => new() { ["type"] = "string", ["format"] = "date-time" };

    protected override object? Parse(ScalarNode scalar, BindScope scope) =>
        scalar.Style != ScalarStyle.Literal
        && (scalar.Text.EndsWith('Z') || scalar.Text.LastIndexOfAny(['+', '-']) > 10)
        && DateTimeOffset.TryParseExact(scalar.Text, Legal, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var value)
            ? value : null;
}
