using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Resources.Secrets;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>Free blocks are legal for the record they stand for.</summary>
internal static class FreeBlockCheck
{
    /// <summary>The block as its record, with blanks where a value could not be read, which is reported; null when it is no record.</summary>
    /// <param name="block">The block.</param>
    /// <param name="shape">What it stands for.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="rules">What must hold for every property of it.</param>
    /// <param name="scope">Where findings go.</param>
    public static object? Bind(FreeBlock block, RecordShape shape, KeyPath path, IReadOnlyList<PropertyRule> rules, ResourceScope scope)
    {
        var (value, findings) = MetricSources.Bind(block, shape);
        foreach (var finding in findings) scope.Error(finding.Code, Below(path, finding.Path), finding.Message);
        // What the block is, or that it is a block at all, is said of its keys: without it there is nothing to check.
        if (findings.Any(f => f.Path.Length == 0)) return null;
        foreach (var finding in findings) scope.Break(Below(path, finding.Path));
        shape.Visit(value, path, (property, member, at) =>
        {
            if (property.Constraints.Secret is null && member is string text && SecretText.HasReference(text))
                scope.Error("secret_not_here", at.ToString(), "A secret reference is not resolved at this key: write the value.");
            foreach (var rule in rules) rule.Check(property, member, at, scope);
        });
        return value;
    }

    private static string Below(KeyPath path, string inner) => inner.Length == 0 ? path.ToString() : inner[0] == '[' ? path + inner : $"{path}.{inner}";
}
