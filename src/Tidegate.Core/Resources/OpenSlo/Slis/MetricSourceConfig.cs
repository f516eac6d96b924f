using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.OpenSlo.Slis;

/// <summary>Where numbers come from. What <see cref="Spec"/> holds depends on the type.</summary>
public sealed record MetricSourceConfig
{
    /// <summary>Name of the <c>DataSource</c> that says how the source is reached. Default: none.</summary>
    [Reference("DataSource")]
    public string? MetricSourceRef { get; init; }

    /// <summary>Kind of source: <c>tidegate</c> (this gateway's own counters), <c>prometheus</c>, <c>probe</c>, <c>events</c> or <c>otlp</c>, in any case. May be left out beside <see cref="MetricSourceRef"/>.</summary>
    public string? Type { get; init; }

    /// <summary>What to ask the source for. Its keys are those of the type.</summary>
    [Secret(PlainAllowed = true)]
    [FreeKeys(typeof(GatewayIndicatorConfig), typeof(PrometheusIndicatorConfig), typeof(ProbeIndicatorConfig), typeof(EventsIndicatorConfig), typeof(OtlpIndicatorConfig))]
    public FreeBlock Spec { get; init; } = FreeBlock.Empty;
}
