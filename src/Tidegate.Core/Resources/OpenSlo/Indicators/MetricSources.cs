using Tidegate.Core.Resources.OpenSlo.DataSources;
using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>Gives the free blocks of OpenSLO their types.</summary>
public static class MetricSources
{
    private const int MostFindings = 50;

    /// <summary>A metric source with its typed settings; null when it is of a kind that Tidegate cannot ask, or is not legal.</summary>
    public static BoundMetricSource? Bind(MetricSourceConfig source, ConfigDocument document)
    {
        if (TypeOf(source, document) is not { } type) return null;
        var findings = new FindingList(1);
        var spec = Bind(source.Spec, type.Spec, findings);
        if (findings.HasErrors) return null;
        var dataSource = DataSourceOf(source, document) ?? (spec is PrometheusIndicatorConfig { Url: null } ? Only(type, document) : null);
        return new BoundMetricSource(type.Word, spec, dataSource);
    }

    /// <summary>How a Prometheus server is reached; null when the DataSource is of another kind, or is not legal.</summary>
    public static PrometheusConnectionConfig? Connection(DataSourceConfig source)
    {
        if (MetricSourceTypes.Find(source.Type)?.Connection is not { } shape) return null;
        var findings = new FindingList(1);
        var connection = Bind(source.ConnectionDetails, shape, findings);
        return findings.HasErrors ? null : connection as PrometheusConnectionConfig;
    }

    /// <summary>The DataSource that is meant when none is named: the only one of its kind.</summary>
    internal static Resource<DataSourceConfig>? Only(MetricSourceType type, ConfigDocument document)
    {
        var all = document.OfKind<DataSourceConfig>().Where(s => ReferenceEquals(MetricSourceTypes.Find(s.Spec.Type), type)).Take(2).ToList();
        return all.Count == 1 ? all[0] : null;
    }

    internal static Resource<DataSourceConfig>? DataSourceOf(MetricSourceConfig source, ConfigDocument document) =>
        source.MetricSourceRef is null ? null : document.Find($"DataSource/{source.MetricSourceRef}") as Resource<DataSourceConfig>;

    internal static MetricSourceType? TypeOf(MetricSourceConfig source, ConfigDocument document) =>
        (source.Type ?? DataSourceOf(source, document)?.Spec.Type) is { } word ? MetricSourceTypes.Find(word) : null;

    /// <summary>The block as a record, and what is wrong with it, at paths that begin in the block.</summary>
    internal static (object Value, IReadOnlyList<Finding> Findings) Bind(FreeBlock block, RecordShape shape)
    {
        var findings = new FindingList(MostFindings);
        return (Bind(block, shape, findings), findings.InOrder());
    }

    private static object Bind(FreeBlock block, RecordShape shape, FindingList findings)
    {
        var node = JsonNodeReader.Read(new SourceText("", block.Json), new ReadLimits())[0];
        return shape.Read(Untyped(node), new BindScope(findings));
    }

    // Numbers and true are plain words again, as they mostly were in the text: the key they stand under decides what they are.
    private static Node Untyped(Node node) => node switch
    {
        MapNode map => new MapNode("", 0, 0, [.. map.Entries.Select(e => KeyValuePair.Create(e.Key, Untyped(e.Value)))]),
        ListNode list => new ListNode("", 0, 0, [.. list.Items.Select(Untyped)]),
        ScalarNode { Style: ScalarStyle.Literal } scalar => new ScalarNode("", 0, 0, scalar.Text, ScalarStyle.Plain),
        _ => node,
    };
}
