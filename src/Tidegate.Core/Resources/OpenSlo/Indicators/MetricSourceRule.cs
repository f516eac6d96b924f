using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Secrets;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>Metric sources, wherever they stand, are of a kind that is known, and their <c>spec</c> is legal for it.</summary>
internal sealed class MetricSourceRule(PropertyRule[] rules) : PropertyRule
{
    public override void Check(PropertyShape property, object value, KeyPath path, ResourceScope scope)
    {
        if (value is not MetricSourceConfig source) return;
        var ofData = MetricSources.DataSourceOf(source, scope.Document)?.Spec.Type;
        if ((source.Type ?? ofData) is not { } word)
        {
            if (source.MetricSourceRef is null)
                scope.Error("missing_key", path.ToString(), $"Nothing says what kind of source this is: give type (one of {string.Join(", ", MetricSourceTypes.Words)}) or metricSourceRef.");
            return;
        }

        if (source.Type is not null && ofData is not null && !string.Equals(source.Type, ofData, StringComparison.OrdinalIgnoreCase))
        {
            scope.Error("contradiction", path + ".type", $"The type is {Reading.Echo.Of(source.Type)}, but DataSource/{source.MetricSourceRef} is of type {Reading.Echo.Of(ofData)}: remove the type, or name another DataSource.");
            return;
        }

        if (MetricSourceTypes.Find(word) is { } type) Check(source, type, path, scope);
        else if (source.Type is not null)
            scope.Error("bad_word", path + ".type", $"\"{Reading.Echo.Of(word)}\" is no kind of metric source: expected one of {string.Join(", ", MetricSourceTypes.Words)}.{Suggestion.For(word, MetricSourceTypes.Words)}");
    }

    private void Check(MetricSourceConfig source, MetricSourceType type, KeyPath path, ResourceScope scope)
    {
        if (source.MetricSourceRef is not null && type.Connection is null)
            scope.Error("unused_key", path + ".metricSourceRef", $"A source of type {type.Word} needs no DataSource: remove the key.");
        path.Push("spec");
        var (spec, findings) = MetricSources.Bind(source.Spec, type.Spec);
        foreach (var finding in findings) scope.Error(finding.Code, Below(path, finding.Path), finding.Message);
        if (findings.Count == 0)
        {
            type.Spec.Visit(spec, path, (property, value, at) =>
            {
                if (property.Constraints.Secret is null && value is string text && SecretText.HasReference(text))
                    scope.Error("secret_not_here", at.ToString(), "A secret reference is not resolved at this key: write the value.");
                foreach (var rule in rules) rule.Check(property, value, at, scope);
            });
            type.Check(spec, path, scope);
        }

        path.Pop();
    }

    private static string Below(KeyPath path, string inner) => inner.Length == 0 ? path.ToString() : inner[0] == '[' ? path + inner : $"{path}.{inner}";
}
