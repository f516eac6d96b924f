using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.Rules;
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
            scope.Error(MetricSourceTypes.UnknownType, path + ".type", $"\"{Reading.Echo.Of(word)}\" is no kind of metric source: expected one of {string.Join(", ", MetricSourceTypes.Words)}.{Suggestion.For(word, MetricSourceTypes.Words)}");
    }

    private static void Server(PrometheusIndicatorConfig spec, MetricSourceConfig source, MetricSourceType type, KeyPath path, ResourceScope scope)
    {
        if (spec.Url is not null && source.MetricSourceRef is not null)
            scope.Error("contradiction", path + ".spec.url", $"DataSource/{source.MetricSourceRef} says where the server is: remove the url, or the metricSourceRef.");
        else if (spec.Url is null && source.MetricSourceRef is null && scope.DocumentIsComplete && MetricSources.Only(type, scope.Document) is null)
            scope.Warning("no_server", path.ToString(), "Nothing says which Prometheus is asked, so there is no data: give metricSourceRef (a DataSource), or url in the spec.");
    }

    private void Check(MetricSourceConfig source, MetricSourceType type, KeyPath path, ResourceScope scope)
    {
        if (source.MetricSourceRef is not null && type.Connection is null)
            scope.Error("unused_key", path + ".metricSourceRef", $"A source of type {type.Word} needs no DataSource: remove the key.");
        path.Push("spec");
        var spec = FreeBlockCheck.Bind(source.Spec, type.Spec, path, rules, scope);
        if (spec is not null) type.Check(spec, path, scope);
        path.Pop();
        if (spec is PrometheusIndicatorConfig prometheus) Server(prometheus, source, type, path, scope);
    }
}
