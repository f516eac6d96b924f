using System.Text.Json.Nodes;

namespace Tidegate.Core.Resources.Schema;

/// <summary>A block of any keys and values, as OpenSLO has them where each kind of metric source has keys of its own. Immutable.</summary>
public sealed class FreeBlock
{
    private FreeBlock(string json) => Json = json;

    /// <summary>A block without keys.</summary>
    public static FreeBlock Empty { get; } = new("{}");

    /// <summary>The block as JSON: keys sorted, no blanks. Equal blocks are equal texts.</summary>
    public string Json { get; }

    /// <summary>True when it has no keys.</summary>
    public bool IsEmpty => Json.Length == 2;

    /// <summary>A copy to look at, or to change.</summary>
    public JsonObject ToNode() => JsonNode.Parse(Json)!.AsObject();

    /// <summary>The block with these keys.</summary>
    public static FreeBlock Of(JsonObject keys) => new(Shapes.FreeNode.Sorted(keys)!.ToJsonString(Shapes.FreeNode.Plain));
}
