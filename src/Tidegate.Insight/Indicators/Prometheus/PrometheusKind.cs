namespace Tidegate.Insight.Indicators.Prometheus;

/// <summary>What good and bad are made of.</summary>
internal enum PrometheusKind
{
    /// <summary>Good events of all events.</summary>
    GoodOfTotal,

    /// <summary>Bad events of all events.</summary>
    BadOfTotal,

    /// <summary>A share of success that the query computes.</summary>
    SuccessRatio,

    /// <summary>A share of failure that the query computes.</summary>
    FailureRatio,

    /// <summary>A value that is good on one side of a border.</summary>
    Threshold,
}
