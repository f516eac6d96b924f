using System.Text.Json.Nodes;

namespace Tidegate.Platform.ConfigStore.Overlays;

/// <summary>JSON merge patch, RFC 7396.</summary>
internal static class MergePatch
{
    /// <summary>The target with the patch applied; neither argument is changed.</summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();
        var result = target is JsonObject map ? (JsonObject)map.DeepClone() : [];
        foreach (var (key, value) in changes)
        {
            if (value is null) result.Remove(key);
            else result[key] = Apply(result[key], value);
        }

        return result;
    }
}
