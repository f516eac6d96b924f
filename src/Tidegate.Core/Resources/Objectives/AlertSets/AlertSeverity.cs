namespace Tidegate.Core.Resources.Objectives.AlertSets;

/// <summary>How urgent an alert is.</summary>
public enum AlertSeverity
{
    /// <summary>Somebody must look now.</summary>
    Page,

    /// <summary>Somebody must look this week.</summary>
    Ticket,
}
