namespace Tidegate.Core.Resources.Services;

/// <summary>Active checks and passive ejection.</summary>
public sealed record HealthConfig
{
    /// <summary>Probes sent by the gateway; null (default) sends none.</summary>
    public ActiveHealthConfig? Active { get; init; }

    /// <summary>Ejection by what calls show. On by default for consecutive failures.</summary>
    public PassiveHealthConfig Passive { get; init; } = new();
}
