using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Secrets;

/// <summary>Finds the secret references of a document that a node cannot resolve.</summary>
public static class UnresolvedSecrets
{
    /// <summary>One error for every value with such a reference, at its key. Values are looked up and forgotten.</summary>
    public static IReadOnlyList<Finding> In(ConfigDocument document, ISecretSource secrets)
    {
        var findings = new List<Finding>();
        // The same reference mostly stands in many routes.
        var reasons = new Dictionary<string, string?>(StringComparer.Ordinal);
        var path = new KeyPath();
        foreach (var kind in ResourceKinds.All)
        {
            foreach (var resource in document.Resources)
            {
                if (resource.UntypedSpec.GetType() != kind.SpecType) continue;
                path.Push("spec");
                kind.Shape.Visit(resource.UntypedSpec, path, (property, value, at) =>
                {
                    if (property.Constraints.Secret is null) return;
                    switch (value)
                    {
                        case string text:
                            Check(resource, text, at);
                            break;
                        case IReadOnlyDictionary<string, string> named:
                            foreach (var (key, text) in named)
                            {
                                at.Push(key);
                                Check(resource, text, at);
                                at.Pop();
                            }

                            break;
                        case FreeBlock block:
                            FreeNode.VisitTexts(block.ToNode(), "", at, (_, text) => Check(resource, text, at));
                            break;
                    }
                });
                path.Pop();
            }
        }

        return findings;

        void Check(Resource resource, string text, KeyPath at)
        {
            if (!SecretText.HasReference(text)) return;
            if (!reasons.TryGetValue(text, out var reason)) reasons[text] = reason = SecretText.TryExpand(text, secrets, out _, out var why) ? null : why;
            if (reason is not null) findings.Add(new(FindingSeverity.Error, "secret_not_found", resource.Id, at.ToString(), reason, resource.Source));
        }
    }
}
