using System.Text.Json;

namespace Tidegate.Insight.InboundAlerts.Doors;

/// <summary>An event of PagerDuty's Events API v2.</summary>
internal sealed record PagerDutyEvent
{
    /// <summary>Here: a token.</summary>
    public string? RoutingKey { get; init; }

    /// <summary><c>trigger</c>, <c>acknowledge</c> or <c>resolve</c>.</summary>
    public string? EventAction { get; init; }

    public string? DedupKey { get; init; }

    public PagerDutyPayload? Payload { get; init; }

    public List<PagerDutyLink?>? Links { get; init; }

    public string? ClientUrl { get; init; }
}

/// <summary>What it is about.</summary>
internal sealed record PagerDutyPayload
{
    public string? Summary { get; init; }

    public string? Source { get; init; }

    public string? Severity { get; init; }

    /// <summary>As it came, see <see cref="PagerDutyTime"/>.</summary>
    public string? Timestamp { get; init; }

    public string? Component { get; init; }

    public string? Group { get; init; }

    public string? Class { get; init; }

    public JsonElement? CustomDetails { get; init; }
}

/// <summary>A link beside it.</summary>
internal sealed record PagerDutyLink
{
    public string? Href { get; init; }

    public string? Text { get; init; }
}
