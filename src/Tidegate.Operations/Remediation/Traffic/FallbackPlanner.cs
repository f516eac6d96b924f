using System.Text.Json.Nodes;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Core.Resources.Writing;

namespace Tidegate.Operations.Remediation.Traffic;

/// <summary><c>fallback</c>: the alias keeps its name, limits, guardrails and the rest of its fallbacks (or the only one); what stands behind it is what stands behind the first of them.</summary>
internal sealed class FallbackPlanner : TrafficPlanner<FallbackActionConfig>
{
    protected override TrafficPlan Plan(FallbackActionConfig action, TrafficQuestion question)
    {
        var (patches, texts, missing) = (new List<(string, JsonObject)>(), new List<string>(), new List<string>());
        foreach (var name in action.Models)
        {
            if (question.Document.Find($"Model/{name}") is not Resource<ModelConfig> { Spec: var model }
                || model.Fallbacks.Errors.Count == 0 || question.Document.Find($"Model/{model.Fallbacks.Errors[0]}") is not Resource<ModelConfig> fallback)
            {
                missing.Add(name);
                continue;
            }

            var spec = JsonNode.Parse(DocumentWriter.Canonical(fallback))!["spec"]!;
            var rest = new JsonArray([.. model.Fallbacks.Errors.Skip(1).Select(f => (JsonNode)f)]);
            // What is not written is the default, and a merge patch says so with null.
            var patch = new JsonObject { ["targets"] = spec["targets"]!.DeepClone(), ["strategy"] = spec["strategy"]?.DeepClone() };
            // The only one stays: without any, this very action would make no sense in the document, and the overlay be refused for it.
            if (rest.Count > 0) patch["fallbacks"] = new JsonObject { ["errors"] = rest };
            patches.Add(($"Model/{name}", patch));
            texts.Add($"Model/{name} to the targets of Model/{fallback.Metadata.Name}");
        }

        return patches.Count == 0 ? TrafficPlan.Refused("fallback", $"No fallback: {string.Join(", ", missing)}.") : TrafficPlan.Of(string.Join(", ", texts), patches);
    }
}
