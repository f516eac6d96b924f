namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>Metric source <c>events</c>: counts of good and bad that are pushed to the events API. Written as <c>raw</c> of a <c>ratioMetric</c> with <c>rawType: success</c>.</summary>
public sealed record EventsIndicatorConfig
{
    /// <summary>Name the counts are pushed under.</summary>
    public required string Name { get; init; }
}
