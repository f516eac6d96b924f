namespace Tidegate.Insight.Indicators.Otlp;

/// <summary>What points of a metric are for an indicator.</summary>
internal enum OtlpPart
{
    /// <summary>Good events of a ratio.</summary>
    Good,

    /// <summary>Bad events of a ratio.</summary>
    Bad,

    /// <summary>All events of a ratio.</summary>
    Total,

    /// <summary>A histogram: good up to a border, all in all.</summary>
    Histogram,

    /// <summary>A value that is good on one side of a border.</summary>
    Value,
}
