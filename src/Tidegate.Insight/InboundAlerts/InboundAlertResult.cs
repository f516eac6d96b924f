namespace Tidegate.Insight.InboundAlerts;

/// <summary>What became of an alert that was told.</summary>
public enum InboundAlertResult
{
    /// <summary>It is new.</summary>
    Fired,

    /// <summary>It was known, and goes on.</summary>
    Again,

    /// <summary>It has ended.</summary>
    Resolved,

    /// <summary>Somebody is at it.</summary>
    Acknowledged,

    /// <summary>An end, or that somebody is at it, of an alert that does not fire here.</summary>
    Unknown,

    /// <summary>It went out of here and came back: nobody is told again.</summary>
    Own,

    /// <summary>Refused: too many fire.</summary>
    Full,

    /// <summary>Refused: it cannot be understood, or is beyond a limit.</summary>
    Invalid,

    /// <summary>Nobody spoke of it any more.</summary>
    Expired,
}
