using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Rules;

/// <summary>The rules that hold for every kind.</summary>
internal static class CommonRules
{
    private static readonly PropertyRule[] Properties = [new ReferenceRule(), new SecretRule(), new MetricSourceRule([new ReferenceRule()])];
    private static readonly MetadataRule Metadata = new();

    public static void Check(ResourceKind kind, Resource resource, ResourceScope scope)
    {
        Metadata.Check(resource.Metadata, scope);
        var path = new KeyPath();
        path.Push("spec");
        kind.Shape.Visit(resource.UntypedSpec, path, (property, value, at) =>
        {
            foreach (var rule in Properties) rule.Check(property, value, at, scope);
        });
    }
}
