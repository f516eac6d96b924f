using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Providers.Rules;

/// <summary>The vendor is one Tidegate can speak to, and has what its addresses are made of.</summary>
internal sealed class VendorRule : ResourceRule<ProviderConfig>
{
    public override void Check(ProviderConfig spec, ResourceScope scope)
    {
        if (!Vendors.All.Contains(spec.Vendor, StringComparer.Ordinal))
        {
            scope.Error("unknown_vendor", "spec.vendor", $"\"{spec.Vendor}\" is no known vendor.{Suggestion.For(spec.Vendor, Vendors.All)} Known: {string.Join(", ", Vendors.All)}. For a server that speaks like OpenAI write openai-compatible and its address.");
        }

        if (spec.Vendor is "bedrock" or "vertex" && string.IsNullOrEmpty(spec.Region)) scope.Error("required", "spec.region", $"Give the region: {spec.Vendor} has it in its address.");
        if (spec.Vendor is "vertex" && string.IsNullOrEmpty(spec.Project)) scope.Error("required", "spec.project", "Give the project: vertex has it in its address.");
    }
}
