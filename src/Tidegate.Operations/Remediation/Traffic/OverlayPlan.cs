using System.Text.Json.Nodes;

namespace Tidegate.Operations.Remediation.Traffic;

/// <summary>All that a rule changes in traffic: one overlay.</summary>
/// <param name="Text">What, in words.</param>
/// <param name="Patches">Merge patches by object id; empty when nothing can be done.</param>
/// <param name="Refusals">What cannot be done, and why, a sentence each.</param>
internal sealed record OverlayPlan(string Text, IReadOnlyDictionary<string, JsonNode?> Patches, IReadOnlyList<string> Refusals)
{
    /// <summary>Several plans as one: what two of them say of the same object is merged, the later one wins where they meet.</summary>
    public static OverlayPlan Of(IReadOnlyList<TrafficPlan> plans)
    {
        var patches = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (id, patch) in plans.SelectMany(p => p.Patches)) patches[id] = Merge(patches.GetValueOrDefault(id), patch);
        var refused = plans.Where(p => p.Refusal.Length > 0).Select(p => plans.Count == 1 ? p.Refusal : $"{p.Text}: {p.Refusal}").ToList();
        var texts = plans.Where(p => p.Refusal.Length == 0).Select(p => p.Text).DefaultIfEmpty(string.Join("; ", plans.Select(p => p.Text)));
        return new OverlayPlan(string.Join("; ", texts), patches, refused);
    }

    private static JsonNode? Merge(JsonNode? first, JsonNode? then)
    {
        if (first is not JsonObject map || then is not JsonObject changes) return then?.DeepClone();
        var merged = (JsonObject)map.DeepClone();
        foreach (var (key, value) in changes) merged[key] = Merge(merged[key], value);
        return merged;
    }
}
