using System.Text.Json;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Models.Guarding;
using Tidegate.Models.Chat;

namespace Tidegate.Gateway.Models.Shadows;

/// <summary>Compares the answer of a copy with the one the caller got, both as their providers gave them.</summary>
internal static class AnswerComparison
{
    /// <summary>What can be said of the two; where one has no answer, only what can be said of the other.</summary>
    public static ShadowComparison Of(ShadowComparison about, ChatAnswer? shadow, ChatAnswer? primary, AnswerShape? shape) => about with
    {
        Finish = FinishOf(shadow),
        PrimaryFinish = FinishOf(primary),
        SameTools = shadow is null || primary is null ? null : SameTools(ToolsOf(shadow), ToolsOf(primary)),
        SchemaValid = shadow is null ? null : shape?.Holds(shadow),
        PrimarySchemaValid = primary is null ? null : shape?.Holds(primary),
        Similarity = shadow is null || primary is null ? null : WordSimilarity.Of(TextOf(shadow), TextOf(primary)),
    };

    private static string FinishOf(ChatAnswer? answer) => answer is { Choices.Count: > 0 } ? JsonNamingPolicy.SnakeCaseLower.ConvertName(answer.Choices[0].Finish.Reason.ToString()) : "";

    private static string TextOf(ChatAnswer answer) => string.Join('\n', answer.Choices.SelectMany(c => c.Parts).OfType<TextPart>().Select(p => p.Text));

    private static string[] ToolsOf(ChatAnswer answer) => [.. answer.Choices.SelectMany(c => c.Parts).OfType<ToolCallPart>().Select(p => p.Name).Order(StringComparer.Ordinal)];

    private static bool? SameTools(string[] one, string[] other) => one.Length + other.Length == 0 ? null : one.AsSpan().SequenceEqual(other);
}
