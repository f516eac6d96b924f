using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats.CohereChat;

/// <summary>Reads a stream of events, each with its type and a message of what is new.</summary>
internal sealed class CohereStreamReader : IStreamReader
{
    private readonly Dictionary<long, int> _calls = [];
    private readonly HashSet<int> _withArguments = [];
    private bool _finished;

    /// <inheritdoc/>
    public bool Read(in StreamFrame frame, ICollection<ChatEvent> events)
    {
        if (frame.Data.Span.SequenceEqual("[DONE]"u8)) return true;
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
        var delta = data.Field("delta");
        var message = delta.Field("message");
        var index = data.Whole("index") ?? 0;
        switch (data.Text("type"))
        {
            case null:
                if (data.Text("message") is null) return false;
                events.Add(new Failed(CohereErrors.Read(0, data)));
                break;
            case "message-start":
                events.Add(new Started(data.Text("id") ?? "", ""));
                break;
            case "content-start" or "content-delta":
                ReadContent(data, message.Field("content"), events);
                break;
            case "tool-plan-delta" when message.Text("tool_plan") is { Length: > 0 } plan:
                events.Add(new ReasoningDelta(plan));
                break;
            case "tool-call-start":
                var call = message.Field("tool_calls");
                _calls[index] = _calls.Count;
                events.Add(new ToolCallStarted(_calls[index], call.Text("id") ?? "", call.Field("function").Text("name") ?? ""));
                ReadArguments(index, call, events);
                break;
            case "tool-call-delta":
                ReadArguments(index, message.Field("tool_calls"), events);
                break;
            case "tool-call-end" when _calls.TryGetValue(index, out var ended) && _withArguments.Add(ended):
                events.Add(new ToolArgumentsDelta(ended, "{}"));
                break;
            case "citation-start":
                events.Add(new CitationAdded(CohereAnswerReader.ReadCitation(message.Field("citations"))));
                break;
            case "message-end":
                ReadEnd(delta, events);
                break;
        }

        return true;
    }

    private static void ReadContent(JsonElement data, JsonElement content, ICollection<ChatEvent> events)
    {
        if (content.Text("thinking") is { Length: > 0 } thinking) events.Add(new ReasoningDelta(thinking));
        if (content.Text("text") is not { Length: > 0 } text) return;
        var logprobs = data.Child("logprobs");
        events.Add(new TextDelta(text) { Logprobs = logprobs.IsThere() ? [CohereAnswerReader.ReadLogprob(logprobs)] : [] });
    }

    private void ReadArguments(long index, JsonElement call, ICollection<ChatEvent> events)
    {
        if (call.Field("function").Text("arguments") is not { Length: > 0 } json || !_calls.TryGetValue(index, out var at)) return;
        _withArguments.Add(at);
        events.Add(new ToolArgumentsDelta(at, json));
    }

    private void ReadEnd(JsonElement delta, ICollection<ChatEvent> events)
    {
        if (CohereAnswerReader.ReadUsage(delta.Field("usage")) is { } usage) events.Add(new Used(usage));
        var finish = delta.Text("finish_reason");
        if (CohereAnswerReader.IsFailure(finish))
        {
            var kind = finish == "TIMEOUT" ? ModelErrorKind.Timeout : ModelErrorKind.Server;
            events.Add(new Failed(new ModelError(kind, 0, ErrorText.Clean(delta.Text("error") ?? $"The provider broke off its answer: {finish}.")) { Code = finish }));
        }
        else if (!_finished)
        {
            _finished = true;
            events.Add(new Finished(CohereAnswerReader.ReadFinish(finish)));
        }
    }
}
