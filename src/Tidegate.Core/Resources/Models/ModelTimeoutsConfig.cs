using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Models;

/// <summary>How long callers wait for what. Keep-alives of the provider are not tokens.</summary>
public sealed record ModelTimeoutsConfig
{
    /// <summary>The whole call, all attempts and the stream included. Default 10 min.</summary>
    [DurationRange("100ms", "1d")]
    public TimeSpan Total { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>From an attempt's begin to its first token; then the next target is tried, never the silent one again. Default 60 s; more for models that think long.</summary>
    [DurationRange("10ms", "1d")]
    public TimeSpan FirstToken { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From one token to the next. Default 30 s.</summary>
    [DurationRange("10ms", "1d")]
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A whole answer that is not streamed, per attempt. Default 5 min.</summary>
    [DurationRange("100ms", "1d")]
    public TimeSpan Answer { get; init; } = TimeSpan.FromMinutes(5);
}
