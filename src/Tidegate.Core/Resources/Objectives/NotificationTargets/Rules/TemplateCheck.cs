using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Objectives.NotificationTargets.Rules;

/// <summary>Warns of names in a template that are no field: they would be sent as they are written. No error, since alerts from outside have whatever labels they like.</summary>
internal static class TemplateCheck
{
    public static void Check(string? template, string path, ResourceScope scope)
    {
        if (template is null) return;
        var known = NotificationFields.Fields.Concat(NotificationFields.Labels).ToList();
        var unknown = NotificationFields.Placeholder().Matches(template).Select(m => m.Groups["name"].Value).Where(n => !known.Contains(n, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        if (unknown.Count == 0) return;
        var names = string.Join(", ", unknown.Select(n => $"{{{Echo.Of(n)}}}"));
        scope.Warning("unknown_field", path,
            $"{names} {(unknown.Count == 1 ? "is no field of an alert and no label of Tidegate's own ones: it is sent as it is written" : "are no fields of an alert and no labels of Tidegate's own ones: they are sent as they are written")}.{Suggestion.For(unknown[0], known)}"
            + $" Fields: {string.Join(", ", NotificationFields.Fields)}; labels: {string.Join(", ", NotificationFields.Labels)}. Alerts from outside have labels of their own.");
    }
}
