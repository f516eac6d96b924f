namespace Tidegate.Models.Chat;

/// <summary>Why an answer ended.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="StopText">The stop text that was met, where the provider says; else null.</param>
public sealed record Finish(FinishReason Reason, string? StopText = null)
{
    /// <summary>The model declined, or its provider's filter did.</summary>
    public bool IsRefused => Reason is FinishReason.Refusal or FinishReason.ContentFilter;
}
