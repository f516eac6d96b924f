using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Services;

/// <summary>What callers get when no attempt succeeded: another service, or a fixed answer.</summary>
public sealed record FallbackConfig
{
    /// <summary>Service asked once, with what is left of the deadline.</summary>
    [Reference("Service")]
    public string? Service { get; init; }

    /// <summary>Fixed answer.</summary>
    public StaticResponseConfig? Response { get; init; }
}
