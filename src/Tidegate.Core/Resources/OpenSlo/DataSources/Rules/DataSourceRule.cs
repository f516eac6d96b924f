using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.DataSources.Rules;

/// <summary>A data source is of a kind that needs one, and its connection is legal for it.</summary>
internal sealed class DataSourceRule : ResourceRule<DataSourceConfig>
{
    private static readonly string Legal = string.Join(", ", MetricSourceTypes.All.Where(t => t.Connection is not null).Select(t => t.Word));

    public override void Check(DataSourceConfig spec, ResourceScope scope)
    {
        if (MetricSourceTypes.Find(spec.Type) is not { } type)
        {
            scope.Error(MetricSourceTypes.UnknownType, "spec.type", $"\"{Reading.Echo.Of(spec.Type)}\" is no kind of data source: expected one of {Legal}.{Suggestion.For(spec.Type, MetricSourceTypes.Words)}");
        }
        else if (type.Connection is not { } connection)
        {
            scope.Error("bad_word", "spec.type", $"A source of type {type.Word} needs no DataSource: write type: {type.Word} in the metricSource, and remove this object. Expected one of {Legal}.");
        }
        else
        {
            var path = new KeyPath();
            path.Push("spec");
            path.Push("connectionDetails");
            if (FreeBlockCheck.Bind(spec.ConnectionDetails, connection, path, [], scope) is { } details) type.CheckConnection(details, path, scope);
        }
    }
}
