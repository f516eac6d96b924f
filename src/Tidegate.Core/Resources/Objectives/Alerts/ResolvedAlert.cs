using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Windows;

namespace Tidegate.Core.Resources.Objectives.Alerts;

/// <summary>One way an SLO alerts, whether it comes from an <c>AlertSet</c> or an OpenSLO <c>AlertPolicy</c>.</summary>
public sealed record ResolvedAlert
{
    /// <summary>Name of the set or the policy; an inline policy's own name.</summary>
    public required string Policy { get; init; }

    /// <summary><c>page</c>, <c>ticket</c>, or OpenSLO's own word.</summary>
    public required string Severity { get; init; }

    /// <summary>Windows and burn rate. OpenSLO's conditions have one window: both are it.</summary>
    public required AlertPair Pair { get; init; }

    /// <summary>Which window ends it.</summary>
    public AlertClearing ClearOn { get; init; } = AlertClearing.Short;

    /// <summary>OpenSLO's <c>alertAfter</c>: how long it must hold first.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Events the long window must hold.</summary>
    public long MinEvents { get; init; }

    /// <summary>How sure it must be; 0: the ratio is taken as it is.</summary>
    public double Confidence { get; init; }

    /// <summary>Whether it alerts while it burns.</summary>
    public bool WhenBreaching { get; init; } = true;

    /// <summary>Whether it tells of the end.</summary>
    public bool WhenResolved { get; init; } = true;

    /// <summary>Whether it alerts when there is no data.</summary>
    public bool WhenNoData { get; init; }

    /// <summary>Names of the <c>NotificationTarget</c> objects that are told. Empty: every one whose own rules fit.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];
}
