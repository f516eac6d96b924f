using Tidegate.Core.Resources.OpenSlo.DataSources;

namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>A metric source with its typed settings.</summary>
/// <param name="Type">Word of its kind: <c>tidegate</c>, <c>prometheus</c>, <c>probe</c>, <c>events</c> or <c>otlp</c>.</param>
/// <param name="Spec">A <see cref="GatewayIndicatorConfig"/>, <see cref="PrometheusIndicatorConfig"/>, <see cref="ProbeIndicatorConfig"/>, <see cref="EventsIndicatorConfig"/> or <see cref="OtlpIndicatorConfig"/>.</param>
/// <param name="DataSource">The DataSource it names, or, for a <c>prometheus</c> source without <c>url</c>, the only one there is; else null.</param>
public sealed record BoundMetricSource(string Type, object Spec, Resource<DataSourceConfig>? DataSource);
