using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Shapes;

/// <summary>Absolute addresses. Kept, compared and written as their author wrote them.</summary>
internal sealed class UriShape : ScalarShape
{
    private static readonly UriShape Instance = new();

    public override string Expected => "an absolute address such as http://host:port";

    public override object Blank { get; } = new Uri("http://missing.invalid/");

    public static ValueShape? For(Type type, Constraints constraints) => type == typeof(Uri) ? Instance : null;

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style) => writer.WriteStringValue(((Uri)value).OriginalString);

    public override bool Same(object a, object b) => string.Equals(((Uri)a).OriginalString, ((Uri)b).OriginalString, StringComparison.Ordinal);

    public override JsonObject Schema(SchemaScope scope) => new() { ["type"] = "string", ["format"] = "uri" };

    // "/path" is an absolute file address to .NET on Linux, so the scheme has to be seen in the text.
    protected override object? Parse(ScalarNode scalar, BindScope scope) =>
        scalar.Style != ScalarStyle.Literal && scalar.Text.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(scalar.Text, UriKind.Absolute, out var uri) ? uri : null;
}
