using System.Text.Json;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Objectives.Alerting;

/// <summary>A row of <c>objectives_alerts</c>.</summary>
internal sealed class AlertRow
{
    public required string Id { get; init; }

    public required string Objective { get; init; }

    public required string Service { get; init; }

    public required DateTimeOffset FiredAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>Its beginning was told of as an event. One that was not when the process ended is told of by the next.</summary>
    public bool Announced { get; set; }

    /// <summary>All of it, as JSON.</summary>
    public required string Content { get; set; }

    public static AlertRow Of(Alert alert) => new()
    {
        Id = alert.Id, Objective = alert.Objective, Service = alert.Service, FiredAt = alert.FiredAt, Content = JsonSerializer.Serialize(alert, ApiJson.Options),
    };

    public Alert ToAlert() => JsonSerializer.Deserialize<Alert>(Content, ApiJson.Options)! with { ResolvedAt = ResolvedAt };
}
