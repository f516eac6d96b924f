using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>Reads the events of a streamed response. Each says everything in its data; names of events are not needed.</summary>
internal sealed class OpenAiResponsesStreamReader : IStreamReader
{
    // By output_index: number of the call, and whether its arguments have begun to come.
    private readonly Dictionary<long, (int Call, bool Told)> _calls = [];
    private bool _started;
    private bool _thought;
    private bool _declined;

    public bool Read(in StreamFrame frame, ICollection<ChatEvent> events)
    {
        if (frame.Data.Span.SequenceEqual("[DONE]"u8)) return true;
        try
        {
            using var parsed = JsonDocument.Parse(frame.Data);
            return Read(parsed.RootElement, events);
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
                if (OpenAiErrors.Of(data, 0) is not { } bare) return false;
                events.Add(new Failed(bare));
                break;
            case "error":
                events.Add(new Failed(OpenAiErrors.Of(data, 0) ?? new ModelError(ModelErrorKind.Server, 0, "The provider failed without a reason.")));
                break;
            case "response.created" or "response.in_progress":
                Start(data.Field("response"), events);
                break;
            case "response.output_item.added":
                Open(data, events);
                break;
            case "response.output_text.delta" when data.Text("delta") is { Length: > 0 } text:
                events.Add(new TextDelta(text) { Logprobs = OpenAiLogprobs.Read(data.Field("logprobs")) });
                break;
            case "response.output_text.annotation.added" when OpenAiCitations.One(data.Field("annotation")) is { } citation:
                events.Add(new CitationAdded(citation));
                break;
            case "response.refusal.delta" when data.Text("delta") is { Length: > 0 } refusal:
                _declined = true;
                events.Add(new RefusalDelta(refusal));
                break;
            case "response.function_call_arguments.delta":
                Arguments(data.Whole("output_index"), data.Text("delta"), whole: false, events);
                break;
            case "response.function_call_arguments.done":
                Arguments(data.Whole("output_index"), data.Text("arguments"), whole: true, events);
                break;
            case "response.reasoning_summary_part.added" when _thought:
                events.Add(new ReasoningDelta("\n\n"));
                break;
            case "response.reasoning_summary_text.delta" or "response.reasoning_text.delta" when data.Text("delta") is { Length: > 0 } thought:
                _thought = true;
                events.Add(new ReasoningDelta(thought));
                break;
            case "response.output_item.done":
                Close(data, events);
                break;
            case "response.completed" or "response.incomplete" or "response.failed" or "response.cancelled":
                End(data.Field("response"), events);
                break;
        }

        return true;
    }

    private void Start(JsonElement response, ICollection<ChatEvent> events)
    {
        if (_started) return;
        _started = true;
        events.Add(new Started(response.Text("id") ?? "", response.Text("model") ?? "", response.Whole("created_at")));
    }

    private void Open(JsonElement data, ICollection<ChatEvent> events)
    {
        var item = data.Field("item");
        _thought = false;
        if (item.Text("type") != "function_call") return;
        var call = _calls.Count;
        _calls[data.Whole("output_index") ?? call] = (call, false);
        events.Add(new ToolCallStarted(call, item.Text("call_id") ?? item.Text("id") ?? "", item.Text("name") ?? "") { Signature = OpenAiThoughtMark.Read(item.Field("extra_content")) });
        Arguments(data.Whole("output_index"), item.Text("arguments"), whole: false, events);
    }

    // Arguments come in pieces; look-alikes leave the pieces out and tell the whole at the end.
    private void Arguments(long? index, string? json, bool whole, ICollection<ChatEvent> events)
    {
        if (string.IsNullOrEmpty(json) || !_calls.TryGetValue(index ?? _calls.Count - 1, out var call) || (whole && call.Told)) return;
        _calls[index ?? _calls.Count - 1] = call with { Told = true };
        events.Add(new ToolArgumentsDelta(call.Call, json));
    }

    private void Close(JsonElement data, ICollection<ChatEvent> events)
    {
        var item = data.Field("item");
        if (item.Text("type") == "function_call") Arguments(data.Whole("output_index"), item.Text("arguments"), whole: true, events);
        if (item.Text("type") != "reasoning") return;
        var thoughts = OpenAiResponsesReasoning.Read(item);
        if (!_thought && thoughts.Text.Length > 0) events.Add(new ReasoningDelta(thoughts.Text));
        if (thoughts.Signature is not null || thoughts.Redacted is not null)
            events.Add(new ReasoningDelta("") { Signature = thoughts.Signature, Redacted = thoughts.Redacted });
        _thought = false;
    }

    private void End(JsonElement response, ICollection<ChatEvent> events)
    {
        Start(response, events);
        if (OpenAiUsage.Read(response.Field("usage")) is { } usage) events.Add(new Used(usage));
        if (OpenAiResponsesAnswerReader.Failure(response) is { } error) events.Add(new Failed(error));
        else events.Add(new Finished(OpenAiResponsesAnswerReader.FinishOf(response, _calls.Count > 0, _declined)));
    }
}
