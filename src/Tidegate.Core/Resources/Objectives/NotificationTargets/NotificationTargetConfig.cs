using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.NotificationTargets;

/// <summary>Kind <c>NotificationTarget</c>: whom alerts are sent to, how, and which ones. An OpenSLO <c>AlertNotificationTarget</c> of the same name has its settings here.</summary>
public sealed record NotificationTargetConfig
{
    /// <summary>What it is. Default empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>How they are sent.</summary>
    public required ChannelConfig Channel { get; init; }

    /// <summary>Only alerts of these severities. Empty (default): all.</summary>
    public IReadOnlyList<AlertSeverity> Severities { get; init; } = [];

    /// <summary>Only alerts of these services. Empty (default): all.</summary>
    [Reference("Service", "openslo.Service")]
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether the end of an alert is sent too. Default true.</summary>
    public bool SendResolved { get; init; } = true;

    /// <summary>How alerts are put together.</summary>
    public NotificationGroupConfig Group { get; init; } = new();

    /// <summary>What is sent, instead of the built-in texts.</summary>
    public NotificationTemplatesConfig Templates { get; init; } = new();
}
