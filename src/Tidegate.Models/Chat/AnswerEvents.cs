namespace Tidegate.Models.Chat;

/// <summary>Tells a whole answer as a stream: for callers that asked for one where the provider or the cache gives the answer at once.</summary>
public static class AnswerEvents
{
    /// <summary>The events, in the order of <see cref="ChatEvent"/>.</summary>
    public static IEnumerable<ChatEvent> Of(ChatAnswer answer)
    {
        yield return new Started(answer.Id, answer.Model, answer.Created);
        for (var i = 0; i < answer.Choices.Count; i++)
        {
            var calls = 0;
            var logprobs = answer.Choices[i].Logprobs;
            foreach (var part in answer.Choices[i].Parts)
            {
                foreach (var told in Of(part, calls, logprobs)) yield return told with { Choice = i };
                if (part is ToolCallPart) calls++;
                if (part is TextPart) logprobs = [];
            }

            yield return new Finished(answer.Choices[i].Finish) { Choice = i };
        }

        if (answer.Usage is { } usage) yield return new Used(usage);
    }

    private static IEnumerable<ChatEvent> Of(Part part, int call, IReadOnlyList<TokenLogprob> logprobs)
    {
        switch (part)
        {
            case TextPart text:
                if (text.Text.Length > 0) yield return new TextDelta(text.Text) { Logprobs = logprobs };
                foreach (var citation in text.Citations) yield return new CitationAdded(citation);
                break;
            case RefusalPart refusal:
                yield return new RefusalDelta(refusal.Text);
                break;
            case ReasoningPart reasoning:
                yield return new ReasoningDelta(reasoning.Text) { Signature = reasoning.Signature, Redacted = reasoning.Redacted };
                break;
            case ToolCallPart tool:
                yield return new ToolCallStarted(call, tool.Id, tool.Name) { Signature = tool.Signature };
                if (tool.Arguments.Length > 0) yield return new ToolArgumentsDelta(call, tool.Arguments);
                break;
        }
    }
}
