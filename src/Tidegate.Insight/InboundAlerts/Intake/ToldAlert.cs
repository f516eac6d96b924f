namespace Tidegate.Insight.InboundAlerts.Intake;

/// <summary>An alert as Alertmanager's API has it (<c>postableAlert</c>).</summary>
internal record ToldAlert
{
    public Dictionary<string, string>? Labels { get; init; }

    public Dictionary<string, string>? Annotations { get; init; }

    /// <summary>As it came. Default, or the zero time of Go: now.</summary>
    public string? StartsAt { get; init; }

    /// <summary>As it came. In the past: it has ended. Default, or the zero time of Go: not known.</summary>
    public string? EndsAt { get; init; }

    public string? GeneratorURL { get; init; }
}
