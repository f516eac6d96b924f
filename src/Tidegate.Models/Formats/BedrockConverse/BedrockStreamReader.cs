using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats.BedrockConverse;

/// <summary>Reads a <c>ConverseStream</c>: what a frame is stands in its name only.</summary>
internal sealed class BedrockStreamReader : IStreamReader
{
    private readonly Dictionary<long, (int Call, bool HasArguments)> _calls = [];
    private bool _finished;

    /// <inheritdoc/>
    public bool Read(in StreamFrame frame, ICollection<ChatEvent> events)
    {
        if (frame.Event.EndsWith("Exception", StringComparison.Ordinal))
        {
            events.Add(new Failed(BedrockErrors.OfException(frame.Event, frame.Data.Span)));
            return true;
        }

        try
        {
            using var document = JsonDocument.Parse(frame.Data);
            return Read(frame.Event, document.RootElement, events);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private bool Read(string name, JsonElement data, ICollection<ChatEvent> events)
    {
        var index = data.Whole("contentBlockIndex") ?? 0;
        switch (name)
        {
            case "":
                return false;
            case "messageStart":
                events.Add(new Started("", ""));
                break;
            case "contentBlockStart" when data.Field("start").Child("toolUse") is { ValueKind: JsonValueKind.Object } call:
                var at = _calls.Count;
                _calls[index] = (at, false);
                events.Add(new ToolCallStarted(at, call.Text("toolUseId") ?? "", call.Text("name") ?? ""));
                break;
            case "contentBlockDelta":
                ReadDelta(index, data.Field("delta"), events);
                break;
            case "contentBlockStop" when _calls.TryGetValue(index, out var ended) && !ended.HasArguments:
                events.Add(new ToolArgumentsDelta(ended.Call, "{}"));
                break;
            case "messageStop" when !_finished:
                _finished = true;
                events.Add(new Finished(BedrockAnswerReader.ReadStop(data.Text("stopReason"))));
                break;
            case "metadata" when BedrockAnswerReader.ReadUsage(data.Field("usage")) is { } usage:
                events.Add(new Used(usage));
                break;
        }

        return true;
    }

    private void ReadDelta(long index, JsonElement delta, ICollection<ChatEvent> events)
    {
        if (delta.Text("text") is { Length: > 0 } text) events.Add(new TextDelta(text));
        if (delta.Field("toolUse").Text("input") is { Length: > 0 } json && _calls.TryGetValue(index, out var call))
        {
            _calls[index] = call with { HasArguments = true };
            events.Add(new ToolArgumentsDelta(call.Call, json));
        }

        var thoughts = delta.Field("reasoningContent");
        if (thoughts.Text("text") is { Length: > 0 } thought) events.Add(new ReasoningDelta(thought));
        if (SignatureOrigin.Mark(thoughts.Text("signature"), SignatureOrigin.Anthropic) is { } signature) events.Add(new ReasoningDelta("") { Signature = signature });
        if (SignatureOrigin.Mark(thoughts.Text("redactedContent"), SignatureOrigin.Anthropic) is { } redacted) events.Add(new ReasoningDelta("") { Redacted = redacted });
        if (delta.Child("citation") is { ValueKind: JsonValueKind.Object } citation) events.Add(new CitationAdded(BedrockAnswerReader.ReadCitation(citation)));
    }
}
