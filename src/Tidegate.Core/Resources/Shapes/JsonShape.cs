using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Shapes;

/// <summary><c>JsonElement</c>: any value. Keys keep their order: in the JSON schema of an answer it tells a model what to say first.</summary>
internal sealed class JsonShape : ValueShape
{
    private static readonly JsonShape Instance = new();

    public override string Expected => "any value";

    public override object Blank { get; } = Parse("{}");

    public static ValueShape? For(Type type, Constraints constraints) => type == typeof(JsonElement) ? Instance : null;

    public override object Read(Node node, BindScope scope) => Parse(FreeNode.ToJson(node, scope)?.ToJsonString(FreeNode.Plain) ?? "null");

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style) => writer.WriteRawValue(((JsonElement)value).GetRawText());

    public override bool Same(object a, object b) => string.Equals(((JsonElement)a).GetRawText(), ((JsonElement)b).GetRawText(), StringComparison.Ordinal);

    public override JsonObject Schema(SchemaScope scope) => [];

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 128 });
        return document.RootElement.Clone();
    }
}
