using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.BedrockConverse;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>Reads a stream of blocks. The event's name is repeated in its data, and only that counts.</summary>
internal sealed class AnthropicStreamReader : IStreamReader
{
    // Tool calls by index of their block: number of the call, and whether it has had arguments.
    private readonly Dictionary<long, (int Call, bool HasArguments)> _calls = [];
    private Usage? _usage;
    private bool _finished;

    /// <inheritdoc/>
    public bool Read(in StreamFrame frame, ICollection<ChatEvent> events)
    {
        // Only on Bedrock does a failure come as a name.
        if (frame.Event.EndsWith("Exception", StringComparison.Ordinal))
        {
            events.Add(new Failed(BedrockErrors.OfException(frame.Event, frame.Data.Span)));
            return true;
        }

        if (AnthropicPlainDelta.TryRead(frame.Data.Span, out var plain))
        {
            ReadPlain(plain, events);
            return true;
        }

        try
        {
            using var document = JsonDocument.Parse(frame.Data);
            return Read(document.RootElement, events);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private bool Read(JsonElement data, ICollection<ChatEvent> events)
    {
        switch (data.Text("type"))
        {
            case null:
                return false;
            case "message_start":
                var message = data.Field("message");
                events.Add(new Started(message.Text("id") ?? "", message.Text("model") ?? ""));
                ReadUsage(message, events);
                break;
            case "content_block_start":
                ReadStart(data.Whole("index") ?? 0, data.Field("content_block"), events);
                break;
            case "content_block_delta":
                ReadDelta(data.Whole("index") ?? 0, data.Field("delta"), events);
                break;
            case "content_block_stop":
                if (_calls.TryGetValue(data.Whole("index") ?? 0, out var call) && !call.HasArguments) events.Add(new ToolArgumentsDelta(call.Call, "{}"));
                break;
            case "message_delta":
                var delta = data.Field("delta");
                ReadUsage(data, events);
                if (delta.Text("stop_reason") is { } reason) Finish(AnthropicWords.ReadStop(reason, delta.Text("stop_sequence")), events);
                break;
            case "message_stop":
                Finish(new Finish(FinishReason.Other), events);
                break;
            case "error":
                events.Add(new Failed(AnthropicErrors.Read(0, data)));
                break;
        }

        return true;
    }

    private void ReadStart(long index, JsonElement block, ICollection<ChatEvent> events)
    {
        switch (block.Text("type"))
        {
            case "text" when block.Text("text") is { Length: > 0 } text:
                events.Add(new TextDelta(text));
                break;
            case "thinking" when block.Text("thinking") is { Length: > 0 } thinking:
                events.Add(new ReasoningDelta(thinking));
                break;
            case "redacted_thinking":
                events.Add(new ReasoningDelta("") { Redacted = SignatureOrigin.Mark(block.Text("data"), SignatureOrigin.Anthropic) });
                break;
            case "tool_use":
                var call = _calls.Count;
                var input = ToolArguments.Read(block.Field("input"));
                events.Add(new ToolCallStarted(call, block.Text("id") ?? "", block.Text("name") ?? ""));
                // Empty as a rule; look-alikes give all of it here.
                if (input != "{}") events.Add(new ToolArgumentsDelta(call, input));
                _calls[index] = (call, input != "{}");
                break;
        }
    }

    private void ReadDelta(long index, JsonElement delta, ICollection<ChatEvent> events)
    {
        switch (delta.Text("type"))
        {
            case "text_delta" when delta.Text("text") is { Length: > 0 } text:
                ReadPlain(new AnthropicPlainDelta(index, text, AnthropicPlainDelta.Piece.Text), events);
                break;
            case "thinking_delta" when delta.Text("thinking") is { Length: > 0 } thinking:
                ReadPlain(new AnthropicPlainDelta(index, thinking, AnthropicPlainDelta.Piece.Thinking), events);
                break;
            case "signature_delta" when SignatureOrigin.Mark(delta.Text("signature"), SignatureOrigin.Anthropic) is { } signature:
                events.Add(new ReasoningDelta("") { Signature = signature });
                break;
            case "input_json_delta" when delta.Text("partial_json") is { Length: > 0 } json:
                ReadPlain(new AnthropicPlainDelta(index, json, AnthropicPlainDelta.Piece.Arguments), events);
                break;
            case "citations_delta":
                events.Add(new CitationAdded(AnthropicCitations.Read(delta.Field("citation"))));
                break;
        }
    }

    private void ReadPlain(in AnthropicPlainDelta delta, ICollection<ChatEvent> events)
    {
        switch (delta.Kind)
        {
            case AnthropicPlainDelta.Piece.Text:
                events.Add(new TextDelta(delta.Text));
                break;
            case AnthropicPlainDelta.Piece.Thinking:
                events.Add(new ReasoningDelta(delta.Text));
                break;
            // Arguments of tools that the provider runs itself have no call of ours.
            case AnthropicPlainDelta.Piece.Arguments when _calls.TryGetValue(delta.Index, out var call):
                _calls[delta.Index] = call with { HasArguments = true };
                events.Add(new ToolArgumentsDelta(call.Call, delta.Text));
                break;
        }
    }

    private void ReadUsage(JsonElement owner, ICollection<ChatEvent> events)
    {
        if (owner.Field("usage").ValueKind != JsonValueKind.Object) return;
        _usage = AnthropicUsage.Read(owner.Field("usage"), _usage);
        events.Add(new Used(_usage!));
    }

    private void Finish(Finish finish, ICollection<ChatEvent> events)
    {
        if (_finished) return;
        _finished = true;
        events.Add(new Finished(finish));
    }
}
