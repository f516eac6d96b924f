using System.Buffers;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>
/// Writes a stream of blocks: each one starts, grows and stops before the next. The end of the message waits for <see cref="End"/>, because it carries usage, which other
/// formats tell last.
/// </summary>
internal sealed class AnthropicStreamWriter(AnswerContext context) : IStreamWriter
{
    private readonly Dictionary<int, int> _calls = [];
    private Usage? _usage;
    private Finish? _finish;
    private Block _open = Block.None;
    private int _blocks;
    private bool _started;
    private bool _failed;
    private (int Block, string Type, byte[] Bytes) _head = (-1, "", []); // of the last delta: the next one is of the same kind as a rule

    private enum Block
    {
        None,
        Text,
        Thinking,
        Tool,
    }

    /// <inheritdoc/>
    public void Write(ChatEvent next, IBufferWriter<byte> output)
    {
        if (_failed || next.Choice != 0) return;
        switch (next)
        {
            case Started started:
                Start(started.Id, output);
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
            default:
                Start("", output);
                WriteContent(next, output);
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

        Start("", output);
        Close(output);
        AnthropicStreamFrames.End(output, _finish, _usage);
    }

    private void WriteContent(ChatEvent next, IBufferWriter<byte> output)
    {
        switch (next)
        {
            case TextDelta text:
                Open(Block.Text, output);
                Delta(output, _blocks - 1, "text_delta", "text", text.Text);
                break;
            case RefusalDelta refusal:
                Open(Block.Text, output);
                Delta(output, _blocks - 1, "text_delta", "text", refusal.Text);
                break;
            case CitationAdded citation:
                Open(Block.Text, output);
                AnthropicStreamFrames.Cite(output, _blocks - 1, citation.Citation);
                break;
            case ReasoningDelta { Redacted: { } redacted }:
                Close(output);
                AnthropicStreamFrames.StartBlock(output, _blocks++, ("redacted_thinking", "data", SignatureOrigin.Show(redacted, SignatureOrigin.Anthropic)!));
                AnthropicStreamFrames.StopBlock(output, _blocks - 1);
                break;
            case ReasoningDelta reasoning:
                Open(Block.Thinking, output);
                if (reasoning.Text.Length > 0) Delta(output, _blocks - 1, "thinking_delta", "thinking", reasoning.Text);
                if (reasoning.Signature is not { } signature) break;
                Delta(output, _blocks - 1, "signature_delta", "signature", SignatureOrigin.Show(signature, SignatureOrigin.Anthropic)!);
                Close(output);
                break;
            case ToolCallStarted call:
                Close(output);
                _calls[call.Call] = _blocks;
                AnthropicStreamFrames.StartTool(output, _blocks++, call);
                _open = Block.Tool;
                break;
            // Providers may go on with a call after the next one has begun: the index still says which is meant.
            case ToolArgumentsDelta arguments when _calls.TryGetValue(arguments.Call, out var index):
                Delta(output, index, "input_json_delta", "partial_json", arguments.Json);
                break;
        }
    }

    private void Delta(IBufferWriter<byte> output, int block, string type, string field, string value)
    {
        if (_head.Block != block || _head.Type != type) _head = (block, type, AnthropicStreamFrames.DeltaHead(block, type, field));
        AnthropicStreamFrames.Delta(output, _head.Bytes, value);
    }

    private void Start(string id, IBufferWriter<byte> output)
    {
        if (_started) return;
        _started = true;
        AnthropicStreamFrames.Start(output, AnthropicAnswerWriter.Id(id, context), context.Model, _usage);
    }

    private void Open(Block kind, IBufferWriter<byte> output)
    {
        if (_open == kind) return;
        Close(output);
        AnthropicStreamFrames.StartBlock(output, _blocks++, kind == Block.Text ? ("text", "text", "") : ("thinking", "thinking", ""));
        _open = kind;
    }

    private void Close(IBufferWriter<byte> output)
    {
        if (_open == Block.None) return;
        _open = Block.None;
        AnthropicStreamFrames.StopBlock(output, _blocks - 1);
    }

    private void Fail(ModelError error, IBufferWriter<byte> output)
    {
        _failed = true;
        AnthropicStreamFrames.Fail(output, error);
    }
}
