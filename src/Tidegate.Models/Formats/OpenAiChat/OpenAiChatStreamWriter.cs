using System.Buffers;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Streaming.Sse;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Writes the chunks of a streamed answer.</summary>
internal sealed class OpenAiChatStreamWriter(AnswerContext context) : IStreamWriter
{
    private readonly List<OpenAiChatChoiceWriter> _choices = [];
    private string _id = "chatcmpl-" + context.CallId;
    private long _created = context.Created.ToUnixTimeSeconds();
    private Usage? _usage;
    private bool _failed;

    public void Write(ChatEvent next, IBufferWriter<byte> output)
    {
        switch (next)
        {
            case Started started:
                if (started.Id.Length > 0) _id = started.Id;
                _created = started.Created ?? _created;
                break;
            case Used used:
                _usage = used.Usage;
                break;
            case Failed failed:
                _failed = true;
                SseFrameWriter.Write(output, default, failed.Error, static (json, error) => OpenAiErrors.Write(error, json));
                break;
            default:
                while (_choices.Count <= next.Choice) _choices.Add(new OpenAiChatChoiceWriter());
                SseFrameWriter.Write(output, default, (Writer: this, Next: next), static (json, state) => state.Writer.WriteChunk(state.Next, json));
                break;
        }
    }

    public void End(IBufferWriter<byte> output)
    {
        // Without a reason for its end an answer is truncated, and the missing terminator shows it.
        if (_failed || _choices.Count == 0 || _choices.Exists(c => !c.IsFinished)) return;
        if (context.StreamUsage && _usage is { } usage)
            SseFrameWriter.Write(output, default, (Writer: this, Usage: usage), static (json, state) => state.Writer.WriteUsage(state.Usage, json));
        SseFrameWriter.Write(output, "[DONE]"u8);
    }

    private void WriteUsage(Usage usage, Utf8JsonWriter json)
    {
        WriteHead(json);
        json.WriteStartArray("choices");
        json.WriteEndArray();
        OpenAiUsage.WriteChat("usage", usage, json);
        json.WriteEndObject();
    }

    private void WriteChunk(ChatEvent next, Utf8JsonWriter json)
    {
        var choice = _choices[next.Choice];
        WriteHead(json);
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", next.Choice);
        json.WriteStartObject("delta");
        if (choice.Begin()) json.WriteString("role", "assistant");
        choice.WriteDelta(next, json);
        json.WriteEndObject();
        if (next is TextDelta { Logprobs.Count: > 0 } text)
        {
            json.WriteStartObject("logprobs");
            OpenAiLogprobs.Write("content", text.Logprobs, json);
            json.WriteNull("refusal");
            json.WriteEndObject();
        }

        if (next is Finished finished) json.WriteString("finish_reason", choice.End(finished.Finish));
        else json.WriteNull("finish_reason");
        json.WriteEndObject();
        json.WriteEndArray();
        if (context.StreamUsage) json.WriteNull("usage");
        json.WriteEndObject();
    }

    private void WriteHead(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", _id);
        json.WriteString("object", "chat.completion.chunk");
        json.WriteNumber("created", _created);
        json.WriteString("model", context.Model);
    }
}
