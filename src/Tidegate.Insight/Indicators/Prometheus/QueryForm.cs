namespace Tidegate.Insight.Indicators.Prometheus;

/// <summary>What the points of a query are.</summary>
internal enum QueryForm
{
    /// <summary>Events of the step that ends at the point, or a value at the point.</summary>
    Value,

    /// <summary>A counter: events are the difference to the point before.</summary>
    Growth,
}
