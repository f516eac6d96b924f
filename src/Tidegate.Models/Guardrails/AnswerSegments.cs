using Tidegate.Models.Chat;

namespace Tidegate.Models.Guardrails;

/// <summary>The texts of an answer in neutral words, in order; and the same answer with other texts in the places of some.</summary>
internal static class AnswerSegments
{
    /// <summary>The texts that are not empty.</summary>
    public static IReadOnlyList<TextSegment> Of(ChatAnswer answer)
    {
        var segments = new List<TextSegment>();
        foreach (var choice in answer.Choices)
            foreach (var part in choice.Parts)
                if (Of(part) is { Text.Length: > 0 } segment) segments.Add(segment);
        return segments;
    }

    /// <summary>The answer with other texts, by their index in <see cref="Of(ChatAnswer)"/>.</summary>
    public static ChatAnswer Replace(ChatAnswer answer, IReadOnlyDictionary<int, string> others)
    {
        var index = -1;
        return answer with
        {
            Choices = [.. answer.Choices.Select(choice => choice with { Logprobs = [], Parts = [.. choice.Parts.Select(Next)] })],
        };

        Part Next(Part part)
        {
            if (Of(part).Text is not { Length: > 0 } || !others.TryGetValue(++index, out var text)) return part;
            return part switch
            {
                TextPart said => said with { Text = text, Citations = [] }, // their places were those of the other text
                RefusalPart refusal => refusal with { Text = text },
                ReasoningPart thought => thought with { Text = text },
                ToolCallPart tool => tool with { Arguments = text },
                _ => part,
            };
        }
    }

    private static TextSegment Of(Part part) => part switch
    {
        TextPart text => new("text", text.Text),
        RefusalPart refusal => new("text", refusal.Text),
        ReasoningPart thought => new("thought", thought.Text),
        ToolCallPart tool => new("data", tool.Arguments),
        _ => new("", ""),
    };
}
