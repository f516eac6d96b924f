using System.Buffers;
using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Streaming.Ndjson;

namespace Tidegate.Models.Formats.OllamaChat;

/// <summary>Writes a stream of lines. Tool calls are whole here: their arguments are gathered until the end. The last line is the one that is done.</summary>
internal sealed class OllamaStreamWriter(AnswerContext context, bool generate) : IStreamWriter
{
    private readonly List<(int Call, ToolCallPart Part, StringBuilder Json)> _calls = [];
    private Usage? _usage;
    private Finish? _finish;
    private bool _failed;

    /// <inheritdoc/>
    public void Write(ChatEvent next, IBufferWriter<byte> output)
    {
        if (_failed || next.Choice != 0) return;
        switch (next)
        {
            case TextDelta text:
                WriteLine(output, text.Text, "", text.Logprobs);
                break;
            case RefusalDelta refusal:
                WriteLine(output, refusal.Text, "", []);
                break;
            case ReasoningDelta { Text.Length: > 0 } reasoning:
                WriteLine(output, "", reasoning.Text, []);
                break;
            case ToolCallStarted call:
                _calls.Add((call.Call, new ToolCallPart(call.Id, call.Name, ""), new StringBuilder()));
                break;
            case ToolArgumentsDelta arguments:
                _calls.Find(c => c.Call == arguments.Call).Json?.Append(arguments.Json);
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

        if (_calls.Count > 0 && !generate) WriteLine(output, "", "", [], [.. _calls.Select(c => c.Part with { Arguments = c.Json.ToString() })]);
        NdjsonFrameWriter.Write(output, (context, generate, Finish: _finish, Usage: _usage), static (json, line) =>
        {
            json.WriteStartObject();
            OllamaAnswerWriter.WriteBegin(json, line.context);
            OllamaAnswerWriter.WriteMessage(json, line.generate, "", "", []);
            OllamaAnswerWriter.WriteDone(json, line.Finish, line.Usage);
            json.WriteEndObject();
        });
    }

    private void WriteLine(IBufferWriter<byte> output, string text, string thinking, IReadOnlyList<TokenLogprob> logprobs, IReadOnlyList<ToolCallPart>? calls = null)
    {
        NdjsonFrameWriter.Write(output, (context, generate, text, thinking, logprobs, Calls: calls ?? []), static (json, line) =>
        {
            json.WriteStartObject();
            OllamaAnswerWriter.WriteBegin(json, line.context);
            OllamaAnswerWriter.WriteMessage(json, line.generate, line.text, line.thinking, line.Calls);
            OllamaLogprobs.Write(json, line.logprobs);
            json.WriteBoolean("done", false);
            json.WriteEndObject();
        });
    }

    private void Fail(ModelError error, IBufferWriter<byte> output)
    {
        _failed = true;
        NdjsonFrameWriter.Write(output, error, static (json, e) => OllamaErrors.Write(e, json));
    }
}
