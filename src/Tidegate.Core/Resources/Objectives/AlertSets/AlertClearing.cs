namespace Tidegate.Core.Resources.Objectives.AlertSets;

/// <summary>Which window ends an alert.</summary>
public enum AlertClearing
{
    /// <summary>The short one: soon after it is over.</summary>
    Short,

    /// <summary>The long one: when it has been over for long.</summary>
    Long,
}
