using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Rules;

/// <summary>Objects that are named exist.</summary>
internal sealed class ReferenceRule : PropertyRule
{
    public override void Check(PropertyShape property, object value, KeyPath path, ResourceScope scope)
    {
        // While a text cannot be read nobody knows which objects it holds.
        if (property.Constraints.Reference is not { ByRule: false } reference || !scope.DocumentIsComplete) return;
        if (value is string name)
        {
            Check(reference.Kinds, name, path, scope);
        }
        else if (value is IReadOnlyList<string> names)
        {
            for (int i = 0; i < names.Count; i++)
            {
                path.Push(i);
                Check(reference.Kinds, names[i], path, scope);
                path.Pop();
            }
        }
    }

    private static void Check(IReadOnlyList<string> kinds, string name, KeyPath path, ResourceScope scope)
    {
        if (kinds.Any(kind => scope.Document.Find($"{kind}/{name}") is not null)) return;
        var hint = Suggestion.For(name, scope.Document.Resources.Where(r => kinds.Contains(r.KindWord, StringComparer.Ordinal)).Select(r => r.Metadata.Name));
        scope.Error("unknown_reference", path.ToString(), $"There is no {string.Join(" or ", kinds)} \"{name}\".{hint}");
    }
}
