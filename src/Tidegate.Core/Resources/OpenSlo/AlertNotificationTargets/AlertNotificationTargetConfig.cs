using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.OpenSlo.AlertNotificationTargets;

/// <summary>Kind <c>AlertNotificationTarget</c> of OpenSLO v1: who is told. OpenSLO has no settings for it: those are in the <c>NotificationTarget</c> of Tidegate with the same name.</summary>
public sealed record AlertNotificationTargetConfig
{
    /// <summary>What it is, at most 1,050 characters. Default empty.</summary>
    [MaxLength(1050)]
    public string Description { get; init; } = "";

    /// <summary>How it is told: <c>slack</c>, <c>email</c>, <c>webhook</c> and so on.</summary>
    public required string Target { get; init; }
}
