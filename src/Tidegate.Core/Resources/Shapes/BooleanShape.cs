using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Shapes;

internal sealed class BooleanShape : ScalarShape
{
    private static readonly BooleanShape Instance = new();

    public override string Expected => "true or false";

    public override object Blank => false;

    public static ValueShape? For(Type type, Constraints constraints) => type == typeof(bool) ? Instance : null;

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style) => writer.WriteBooleanValue((bool)value);

    public override JsonObject Schema(SchemaScope scope) => new() { ["type"] = "boolean" };

    protected override object? Parse(ScalarNode scalar, BindScope scope) =>
        scalar.Style == ScalarStyle.Quoted ? null : scalar.Text switch
        {
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ => null,
        };
}
