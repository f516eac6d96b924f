namespace Tidegate.Insight.Objectives;

/// <summary>How urgent an alert is.</summary>
public enum AlertSeverity
{
    /// <summary>Somebody is woken: users are hurt, and the budget will be gone within days.</summary>
    Page,

    /// <summary>Somebody looks at it within the next working day.</summary>
    Ticket,
}
