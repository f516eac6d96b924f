using System.Buffers;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming.Sse;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>The events of a stream, each written whole.</summary>
internal static class AnthropicStreamFrames
{
    public static void Start(IBufferWriter<byte> output, string id, string model, Usage? usage)
    {
        SseFrameWriter.Write(output, "message_start"u8, (id, model, usage), static (json, m) =>
        {
            json.WriteStartObject();
            json.WriteString("type", "message_start");
            json.WriteStartObject("message");
            json.WriteString("id", m.id);
            json.WriteString("type", "message");
            json.WriteString("role", "assistant");
            json.WriteString("model", m.model);
            json.WriteRawField("content", "[]");
            json.WriteNull("stop_reason");
            json.WriteNull("stop_sequence");
            AnthropicUsage.Write(json, m.usage);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    public static void StartBlock(IBufferWriter<byte> output, int index, (string Type, string Field, string Value) block)
    {
        SseFrameWriter.Write(output, "content_block_start"u8, (index, block), static (json, b) =>
        {
            Begin(json, b.index, "content_block_start", "content_block", b.block.Type);
            json.WriteString(b.block.Field, b.block.Value);
            // The thoughts' signature follows in a delta of its own.
            if (b.block.Type == "thinking") json.WriteString("signature", "");
            End(json);
        });
    }

    public static void StartTool(IBufferWriter<byte> output, int index, ToolCallStarted call)
    {
        SseFrameWriter.Write(output, "content_block_start"u8, (index, call), static (json, b) =>
        {
            Begin(json, b.index, "content_block_start", "content_block", "tool_use");
            json.WriteString("id", b.call.Id);
            json.WriteString("name", b.call.Name);
            json.WriteRawField("input", "{}");
            AnthropicAnswerWriter.WriteCaller(json);
            End(json);
        });
    }

    /// <summary>What the deltas of a block have before their text.</summary>
    public static byte[] DeltaHead(int index, string type, string field) => SseFrameWriter.Head("content_block_delta"u8, (index, type, field), static (json, d) =>
    {
        Begin(json, d.index, "content_block_delta", "delta", d.type);
        json.WritePropertyName(d.field);
    });

    public static void Delta(IBufferWriter<byte> output, byte[] head, string value) => SseFrameWriter.Write(output, head, value, "}}"u8);

    public static void Cite(IBufferWriter<byte> output, int index, Citation citation)
    {
        SseFrameWriter.Write(output, "content_block_delta"u8, (index, citation), static (json, d) =>
        {
            Begin(json, d.index, "content_block_delta", "delta", "citations_delta");
            json.WritePropertyName("citation");
            AnthropicCitations.Write(json, d.citation);
            End(json);
        });
    }

    public static void StopBlock(IBufferWriter<byte> output, int index)
    {
        SseFrameWriter.Write(output, "content_block_stop"u8, index, static (json, at) =>
        {
            json.WriteStartObject();
            json.WriteString("type", "content_block_stop");
            json.WriteNumber("index", at);
            json.WriteEndObject();
        });
    }

    public static void End(IBufferWriter<byte> output, Finish finish, Usage? usage)
    {
        SseFrameWriter.Write(output, "message_delta"u8, (finish, usage), static (json, m) =>
        {
            json.WriteStartObject();
            json.WriteString("type", "message_delta");
            json.WriteStartObject("delta");
            json.WriteString("stop_reason", AnthropicWords.OfStop(m.finish));
            json.WriteString("stop_sequence", m.finish.StopText);
            json.WriteEndObject();
            AnthropicUsage.Write(json, m.usage);
            json.WriteEndObject();
        });
        SseFrameWriter.Write(output, "message_stop"u8, 0, static (json, _) => json.WriteRawValue("""{"type":"message_stop"}"""u8));
    }

    public static void Fail(IBufferWriter<byte> output, ModelError error) => SseFrameWriter.Write(output, "error"u8, error, static (json, e) => AnthropicErrors.Write(e, json));

    private static void Begin(Utf8JsonWriter json, int index, string name, string within, string type)
    {
        json.WriteStartObject();
        json.WriteString("type", name);
        json.WriteNumber("index", index);
        json.WriteStartObject(within);
        json.WriteString("type", type);
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
