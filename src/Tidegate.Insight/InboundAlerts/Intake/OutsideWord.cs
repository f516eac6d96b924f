namespace Tidegate.Insight.InboundAlerts.Intake;

/// <summary>What is said of an alert.</summary>
internal enum OutsideWord
{
    /// <summary>It fires, or still does.</summary>
    Fires,

    /// <summary>Somebody is at it.</summary>
    Acknowledged,

    /// <summary>It has ended.</summary>
    Ended,
}
