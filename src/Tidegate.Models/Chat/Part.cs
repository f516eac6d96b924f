namespace Tidegate.Models.Chat;

/// <summary>A piece of a message: one subtype per kind, each in its own file.</summary>
public abstract record Part
{
    /// <summary>The caller asks the provider to cache the conversation up to and including this part (Anthropic's <c>cache_control</c>): <c>5m</c>, <c>1h</c>; null for no.</summary>
    public string? CacheHint { get; init; }
}
