namespace Tidegate.Core.Calls;

/// <summary>What a metric is, in the words of Prometheus.</summary>
public enum MetricKind
{
    /// <summary>Only grows; its name ends in <c>_total</c>.</summary>
    Counter,
    /// <summary>Goes up and down.</summary>
    Gauge,
    /// <summary>Distribution in buckets.</summary>
    Histogram,
}
