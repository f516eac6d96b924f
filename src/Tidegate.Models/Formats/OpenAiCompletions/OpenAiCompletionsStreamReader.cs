using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats.OpenAiCompletions;

/// <summary>Reads the chunks of a streamed answer.</summary>
internal sealed class OpenAiCompletionsStreamReader : IStreamReader
{
    private readonly HashSet<int> _finished = [];
    private bool _started;

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

    private bool Read(JsonElement chunk, ICollection<ChatEvent> events)
    {
        if (OpenAiErrors.Of(chunk, 0) is { } error)
        {
            events.Add(new Failed(error));
            return true;
        }

        if (chunk.ValueKind != JsonValueKind.Object) return false;
        if (!_started && chunk.Field("choices").ValueKind == JsonValueKind.Array)
        {
            _started = true;
            events.Add(new Started(chunk.Text("id") ?? "", chunk.Text("model") ?? "", chunk.Whole("created")));
        }

        foreach (var choice in chunk.Items("choices"))
        {
            var index = (int)Math.Clamp(choice.Whole("index") ?? 0, 0, 127);
            if (choice.Text("text") is { Length: > 0 } text)
                events.Add(new TextDelta(text) { Choice = index, Logprobs = OpenAiCompletionsLogprobs.Read(choice.Field("logprobs")) });
            if (choice.Text("finish_reason") is { Length: > 0 } word && _finished.Add(index))
                events.Add(new Finished(OpenAiChatFinish.Read(word, hasCalls: false, hasRefusal: false)) { Choice = index });
        }

        if (OpenAiUsage.Read(chunk.Field("usage")) is { } usage) events.Add(new Used(usage));
        return true;
    }
}
