using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Reads the deltas of one answer of a stream.</summary>
internal sealed class OpenAiChatChoiceReader(int index)
{
    private readonly OpenAiChatCallReader _calls = new(index);
    private bool _thought;
    private bool _declined;
    private bool _finished;

    public void Read(JsonElement choice, ICollection<ChatEvent> events)
    {
        // A look-alike without deltas sends whole messages.
        var delta = choice.Field("delta") is { ValueKind: JsonValueKind.Object } found ? found : choice.Field("message");
        ReadThoughts(delta, events);
        var logprobs = OpenAiLogprobs.Read(choice.Field("logprobs").Field("content"));
        foreach (var part in OpenAiChatContent.Read(delta.Field("content")))
        {
            events.Add(part switch
            {
                TextPart text => new TextDelta(text.Text) { Choice = index, Logprobs = logprobs },
                RefusalPart refusal => new RefusalDelta(refusal.Text) { Choice = index },
                ReasoningPart reasoning => new ReasoningDelta(reasoning.Text) { Choice = index, Signature = reasoning.Signature },
                _ => throw new InvalidOperationException($"Content of answers holds no {part.GetType().Name}."),
            });
            _declined |= part is RefusalPart;
            logprobs = [];
        }

        if (delta.Text("refusal") is { Length: > 0 } declined)
        {
            _declined = true;
            events.Add(new RefusalDelta(declined) { Choice = index });
        }

        foreach (var citation in OpenAiCitations.Read(delta.Field("annotations"))) events.Add(new CitationAdded(citation) { Choice = index });
        foreach (var call in delta.Items("tool_calls")) _calls.Read(call, events);
        if (delta.Field("function_call") is { ValueKind: JsonValueKind.Object } old) _calls.ReadOld(old, events);
        if (_finished || choice.Text("finish_reason") is not { Length: > 0 } word) return;
        _finished = true;
        _calls.Flush(events);
        events.Add(new Finished(OpenAiChatFinish.Read(word, _calls.Any, _declined)) { Choice = index });
    }

    /// <summary>Thoughts that came as a field of their own.</summary>
    public void ReadThought(string text, ICollection<ChatEvent> events)
    {
        _thought = true;
        events.Add(new ReasoningDelta(text) { Choice = index });
    }

    // The text comes as a field of its own, beside details or in details alone; signatures and encrypted blocks only in details.
    private void ReadThoughts(JsonElement delta, ICollection<ChatEvent> events)
    {
        var text = delta.Text("reasoning_content") ?? delta.Text("reasoning");
        if (!string.IsNullOrEmpty(text)) ReadThought(text, events);
        foreach (var detail in delta.Items("reasoning_details"))
        {
            if (OpenAiChatReasoningFields.Read(detail) is not { } part) continue;
            var own = _thought ? "" : part.Text;
            if (own.Length == 0 && part.Signature is null && part.Redacted is null) continue;
            events.Add(new ReasoningDelta(own) { Choice = index, Signature = part.Signature, Redacted = part.Redacted });
        }
    }
}
