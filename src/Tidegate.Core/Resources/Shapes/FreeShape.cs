using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Shapes;

/// <summary><see cref="FreeBlock"/>: keys whose meaning somebody else knows.</summary>
internal sealed class FreeShape(Constraints constraints) : ValueShape
{
    public override string Expected => "a block of keys";

    public override object Blank => FreeBlock.Empty;

    public static ValueShape? For(Type type, Constraints constraints) => type == typeof(FreeBlock) ? new FreeShape(constraints) : null;

    public override object Read(Node node, BindScope scope)
    {
        if (node is MapNode map) return FreeBlock.Of(FreeNode.ToJson(map, scope));
        scope.Error(node, "wrong_type", $"Expected {Expected}, found {node.Description}.");
        return Blank;
    }

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style)
    {
        var block = (FreeBlock)value;
        if (style != WriteStyle.Shown || constraints.Secret is null) writer.WriteRawValue(block.Json);
        else FreeNode.Masked(block.ToNode(), "", constraints.Secret).WriteTo(writer);
    }

    public override bool Same(object a, object b) => string.Equals(((FreeBlock)a).Json, ((FreeBlock)b).Json, StringComparison.Ordinal);

    public override JsonObject Schema(SchemaScope scope)
    {
        // Which of the records it is depends on a key beside it, or on another object: editors show all, and nothing is refused here.
        var records = constraints.FreeKeys.Select(type => ShapeCatalogue.OfRecord(type).Schema(scope));
        var any = new JsonObject { ["type"] = "object" };
        return constraints.FreeKeys.Count == 0 ? any : new JsonObject { ["anyOf"] = new JsonArray([.. records, any]) };
    }
}
