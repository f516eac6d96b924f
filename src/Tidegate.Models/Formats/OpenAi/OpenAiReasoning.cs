using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.OpenAi;

/// <summary>Effort words for budgets in tokens. The bounds are those at which vendors' own compatible endpoints translate the other way.</summary>
internal static class OpenAiReasoning
{
    /// <summary>The effort; null when the settings leave it to the model.</summary>
    public static string? EffortOf(ReasoningSettings settings) => settings.Effort ?? settings.Budget switch
    {
        null or < 0 => null,
        0 => "none",
        <= 1024 => "low",
        <= 8192 => "medium",
        _ => "high",
    };
}
