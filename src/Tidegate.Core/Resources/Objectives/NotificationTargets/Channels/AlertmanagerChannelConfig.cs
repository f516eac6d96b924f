using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;

/// <summary><c>alertmanager</c>: API v2 of Prometheus Alertmanager.</summary>
[Variant("alertmanager")]
public sealed record AlertmanagerChannelConfig : ChannelConfig
{
    /// <summary>Addresses; all of them get every alert.</summary>
    [MinLength(1)]
    public required IReadOnlyList<Uri> Urls { get; init; }

    /// <summary>Headers sent along.</summary>
    [Secret(PlainAllowed = true)]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
