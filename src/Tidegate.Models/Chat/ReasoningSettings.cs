namespace Tidegate.Models.Chat;

/// <summary>How much to think before answering.</summary>
public sealed record ReasoningSettings
{
    /// <summary><c>none</c>, <c>minimal</c>, <c>low</c>, <c>medium</c>, <c>high</c>, ... as the caller said; null when it gave a budget or nothing.</summary>
    public string? Effort { get; init; }

    /// <summary>Most tokens of thought; 0 switches thinking off; -1 leaves the amount to the model; null when not said.</summary>
    public int? Budget { get; init; }

    /// <summary>The caller wants to see thoughts or their summary; null: not said.</summary>
    public bool? Visible { get; init; }
}
