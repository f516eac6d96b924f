using System.Globalization;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats.OllamaChat;

/// <summary>Reads answers: every line of a stream is one, with what is new. A whole answer is a stream of one line.</summary>
/// <param name="generate">Answers to a prompt, which have their text where a conversation's have a message.</param>
internal sealed class OllamaStreamReader(bool generate = false) : IStreamReader
{
    private string _created = "";
    private int _calls;
    private bool _started;
    private bool _finished;

    /// <inheritdoc/>
    public bool Read(in StreamFrame frame, ICollection<ChatEvent> events)
    {
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

    /// <summary>False for JSON that is no answer.</summary>
    public bool Read(JsonElement data, ICollection<ChatEvent> events)
    {
        if (data.Field("error").IsThere())
        {
            events.Add(new Failed(OllamaErrors.Read(0, data)));
            return true;
        }

        var message = generate ? data : data.Child("message");
        var done = data.Flag("done");
        if (!message.IsThere() && !done) return false;
        if (!_started)
        {
            _started = true;
            _created = data.Text("created_at") ?? "";
            var created = DateTimeOffset.TryParse(_created, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeSeconds() : (long?)null;
            events.Add(new Started("", data.Text("model") ?? "", created));
        }

        if (message.Text("thinking") is { Length: > 0 } thinking) events.Add(new ReasoningDelta(thinking));
        if (message.Text(generate ? "response" : "content") is { Length: > 0 } content) events.Add(new TextDelta(content) { Logprobs = OllamaLogprobs.Read(data) });
        foreach (var call in message.Items("tool_calls")) ReadCall(call, events);
        if (!done || _finished) return true;
        _finished = true;
        events.Add(new Finished(new Finish(data.Text("done_reason") switch
        {
            "length" => FinishReason.Length,
            "content_filter" => FinishReason.ContentFilter,
            "stop" or null => _calls > 0 ? FinishReason.ToolCalls : FinishReason.Stop,
            _ => FinishReason.Other,
        })));
        if (data.Whole("prompt_eval_count") is not null || data.Whole("eval_count") is not null)
            events.Add(new Used(new Usage { Input = data.Whole("prompt_eval_count") ?? 0, Output = data.Whole("eval_count") ?? 0 }));
        return true;
    }

    private void ReadCall(JsonElement call, ICollection<ChatEvent> events)
    {
        var function = call.Field("function");
        var name = function.Text("name") ?? "";
        var at = _calls++;
        events.Add(new ToolCallStarted(at, call.Text("id") is { Length: > 0 } id ? id : MadeCallIds.Make(_created, name, at), name));
        events.Add(new ToolArgumentsDelta(at, ToolArguments.Read(function.Field("arguments"))));
    }
}
