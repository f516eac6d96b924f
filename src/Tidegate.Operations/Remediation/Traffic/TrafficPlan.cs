using System.Text.Json.Nodes;

namespace Tidegate.Operations.Remediation.Traffic;

/// <summary>What an action would change, or why it cannot.</summary>
/// <param name="Text">What, in words.</param>
/// <param name="Patches">Merge patches by object id; empty when it cannot be done.</param>
/// <param name="Refusal">Why it cannot be done; empty when it can.</param>
internal sealed record TrafficPlan(string Text, IReadOnlyDictionary<string, JsonObject> Patches, string Refusal = "")
{
    /// <summary>Ends a refusal that needs nobody: nothing has to be done.</summary>
    public const string IsSo = "It is so already.";

    public static TrafficPlan Of(string text, params IEnumerable<(string Id, JsonObject Spec)> patches) =>
        new(text, patches.ToDictionary(p => p.Id, p => new JsonObject { ["spec"] = p.Spec }, StringComparer.Ordinal));

    public static TrafficPlan Refused(string text, string why) => new(text, new Dictionary<string, JsonObject>(StringComparer.Ordinal), why);
}
