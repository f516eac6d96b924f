using System.Text.Json;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.InboundAlerts.Rows;

/// <summary>A row of <c>inbound_alerts</c>.</summary>
internal sealed class InboundAlertRow
{
    public required string Id { get; init; }

    /// <summary>What it is told by; of those that fire, each is there once.</summary>
    public required string Fingerprint { get; init; }

    public required string Origin { get; init; }

    public required DateTimeOffset FiredAt { get; init; }

    /// <summary>When it is taken for ended unless somebody speaks of it again.</summary>
    public required DateTimeOffset HoldsUntil { get; set; }

    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>All of it, as JSON.</summary>
    public required string Content { get; set; }

    public static InboundAlertRow Of(Alert alert, string fingerprint, DateTimeOffset holdsUntil) => new()
    {
        Id = alert.Id, Fingerprint = fingerprint, Origin = alert.Origin, FiredAt = alert.FiredAt, HoldsUntil = holdsUntil, Content = JsonSerializer.Serialize(alert, ApiJson.Options),
    };

    public void Write(Alert alert) => Content = JsonSerializer.Serialize(alert, ApiJson.Options);

    public Alert ToAlert() => JsonSerializer.Deserialize<Alert>(Content, ApiJson.Options)! with { ResolvedAt = ResolvedAt };
}
