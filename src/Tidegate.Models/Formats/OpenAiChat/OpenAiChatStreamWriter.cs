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
    private (int Choice, byte[] Bytes) _head = (-1, []); // of the last chunk that added text alone: most are the same but for the text

    public void Write(ChatEvent next, IBufferWriter<byte> output)
    {
        switch (next)
        {
            case Started started:
                if (started.Id.Length > 0) _id = started.Id;
                _created = started.Created ?? _created;
                _head.Choice = -1;
                break;
            case Used used:
                _usage = used.Usage;
                break;
            case Failed failed:
                _failed = true;
                SseFrameWriter.Write(output, default, failed.Error, static (json, error) => OpenAiErrors.Write(error, json));
                break;
            case TextDelta { Logprobs.Count: 0 } text when next.Choice < _choices.Count && _choices[next.Choice].HasBegun:
                WriteText(text, output);
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

    private void WriteText(TextDelta text, IBufferWriter<byte> output)
    {
        if (_head.Choice != text.Choice)
        {
            _head = (text.Choice, SseFrameWriter.Head(default, (Writer: this, text.Choice), static (json, state) =>
            {
                state.Writer.WriteHead(json);
                json.WriteStartArray("choices");
                json.WriteStartObject();
                json.WriteNumber("index", state.Choice);
                json.WriteStartObject("delta");
                json.WritePropertyName("content");
            }));
        }

        SseFrameWriter.Write(output, _head.Bytes, text.Text, context.StreamUsage ? """},"finish_reason":null}],"usage":null}"""u8 : """},"finish_reason":null}]}"""u8);
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
