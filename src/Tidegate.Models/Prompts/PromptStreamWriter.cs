using System.Buffers;
using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Costs;
using Tidegate.Models.Formats;
using Tidegate.Models.Streaming.Sse;

namespace Tidegate.Models.Prompts;

/// <summary>Writes a stream for callers of a prompt: <c>delta</c> events with text, then one <c>done</c> with all the rest, or one <c>error</c>.</summary>
public sealed class PromptStreamWriter : IStreamWriter
{
    private readonly PromptFormat _format;
    private readonly AnswerContext _context;
    private readonly StringBuilder? _text;
    private Usage? _usage;
    private Finish? _finish;
    private bool _failed;

    internal PromptStreamWriter(PromptFormat format, AnswerContext context)
    {
        (_format, _context) = (format, context);
        if (format.HasShape) _text = new StringBuilder();
    }

    /// <summary>What the answer cost, told before the end; unknown when nobody says.</summary>
    public CallCost Cost { get; set; }

    /// <inheritdoc/>
    public void Write(ChatEvent next, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (_failed || next.Choice != 0) return;
        switch (next)
        {
            case TextDelta text:
                Write(text.Text, output);
                break;
            case RefusalDelta refusal:
                Write(refusal.Text, output);
                break;
            case Used used:
                _usage = used.Usage;
                break;
            case Finished finished:
                _finish ??= finished.Finish;
                break;
            case Failed failed:
                Fail(failed.Error, output);
                break;
        }
    }

    /// <inheritdoc/>
    public void End(IBufferWriter<byte> output)
    {
        if (_failed) return;
        if (_finish is null)
        {
            Fail(new ModelError(ModelErrorKind.Server, 0, "The stream ended before the answer did."), output);
            return;
        }

        SseFrameWriter.Write(output, "done"u8, this, static (json, writer) =>
        {
            json.WriteStartObject();
            PromptAnswer.WriteHead(writer._format, writer._context.Model, json);
            if (writer._text is { } text) PromptAnswer.WriteOutput(text.ToString(), json);
            json.WriteString("finishReason"u8, PromptAnswer.Word(writer._finish!.Reason));
            PromptAnswer.WriteUsage(writer._usage, json);
            PromptAnswer.WriteCost(writer.Cost, json);
            json.WriteEndObject();
        });
    }

    private void Write(string text, IBufferWriter<byte> output)
    {
        if (text.Length == 0) return;
        _text?.Append(text);
        SseFrameWriter.Write(output, "delta"u8, text, static (json, delta) =>
        {
            json.WriteStartObject();
            json.WriteString("text"u8, delta);
            json.WriteEndObject();
        });
    }

    private void Fail(ModelError error, IBufferWriter<byte> output)
    {
        _failed = true;
        SseFrameWriter.Write(output, "error"u8, (error, _context.CallId), static (json, told) => PromptProblem.Write(told.error, "", told.CallId, json));
    }
}
