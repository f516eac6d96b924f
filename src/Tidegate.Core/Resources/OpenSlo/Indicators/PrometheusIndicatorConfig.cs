using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>Metric source <c>prometheus</c>: a query to a Prometheus server.</summary>
public sealed record PrometheusIndicatorConfig
{
    /// <summary>PromQL expression. <c>{{.window}}</c> in it is replaced by the length of time that is asked for.</summary>
    public required string Query { get; init; }

    /// <summary>Language of the query; there is one: <c>promql</c> (default).</summary>
    [AllowedValues("promql")]
    public string QueryType { get; init; } = "promql";

    /// <summary>Address of the server. Default: that of the <c>DataSource</c> named by <c>metricSourceRef</c>, or of the only one there is.</summary>
    public Uri? Url { get; init; }

    /// <summary>Distance of the points asked for. Default 1 m.</summary>
    [DurationRange("10s", "1h")]
    public TimeSpan Step { get; init; } = TimeSpan.FromMinutes(1);
}
