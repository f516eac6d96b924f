using System.Buffers;
using System.Text.Json;
using Tidegate.Gateway.Request;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Streaming;

namespace Tidegate.Gateway.Models.Relay;

/// <summary>What the caller gets of a stream: the provider's bytes, or the same events in the caller's format. Kept back until committed.</summary>
internal sealed class StreamOutput
{
    private readonly GatewayCall _call;
    private readonly ModelCall _model;
    private readonly ModelAttempt _attempt;
    private readonly IStreamReader _reader;
    private readonly IStreamWriter? _writer; // null: bytes pass through
    private readonly List<ChatEvent> _events = [];
    private readonly ArrayBufferWriter<byte> _raw = new();
    private readonly ArrayBufferWriter<byte> _kept = new();
    private long _written;
    private bool _told; // the provider's own words have been passed on

    public StreamOutput(GatewayCall call, ModelCall model, ModelAttempt attempt)
    {
        (_call, _model, _attempt) = (call, model, attempt);
        _reader = attempt.Format.CreateStreamReader();
        if (!model.Passes(attempt.Format)) _writer = model.Face.Format.CreateStreamWriter(model.Context);
    }

    /// <summary>Content has come since this was last set to false.</summary>
    public bool SawContent { get; set; }

    /// <summary>A finish reason was seen: whatever comes now, the answer is complete.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>The terminator was seen: nothing more is to be read.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Bytes that belong to the next frame, comments included.</summary>
    public void Consumed(in ReadOnlySequence<byte> bytes)
    {
        if (_writer is not null) return;
        foreach (var segment in bytes) _raw.Write(segment.Span);
    }

    /// <summary>Takes a frame.</summary>
    public void Take(in StreamFrame frame)
    {
        _events.Clear();
        if (frame.Data.Span.SequenceEqual("[DONE]"u8)) IsDone = true;
        else if (!_reader.Read(frame, _events))
        {
            _attempt.Skipped++;
            _raw.ResetWrittenCount();
            return;
        }

        var usageOnly = _events.Count > 0;
        foreach (var next in _events)
        {
            usageOnly &= next is Used;
            Note(next);
            if (next is Failed failed && !_attempt.Committed)
            {
                _attempt.Fail(failed.Error, $"error in the stream: {failed.Error.Kind}");
                return;
            }

            _writer?.Write(next, Target);
            if (next is not Failed inBand) continue;
            PassRaw();
            _told = true;
            _attempt.Fail(inBand.Error, $"error in the stream: {inBand.Error.Kind}");
            return;
        }

        // Usage was asked for by us: a caller that did not ask must not be shown a chunk without choices.
        if (usageOnly && _writer is null && !_model.Context.StreamUsage && _attempt.Format is OpenAiChatFormat) _raw.ResetWrittenCount();
        else PassRaw();
    }

    /// <summary>Takes a whole answer.</summary>
    public void TakeWhole(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 128 });
        var answer = _attempt.Format.ReadAnswer(document.RootElement);
        var writer = _writer ?? _model.Face.Format.CreateStreamWriter(_model.Context);
        foreach (var next in AnswerEvents.Of(answer))
        {
            Note(next);
            writer.Write(next, Target);
        }

        if (_writer is null) writer.End(Target);
    }

    /// <summary>From here the caller sees everything.</summary>
    public void Commit()
    {
        if (_attempt.Committed) return;
        _attempt.Committed = true;
        AnswerHead.Write(_call, _model, _attempt, _model.Face.Format.StreamMediaType);
        _call.Http.Response.Headers.CacheControl = "no-cache";
        _call.Http.Response.Headers["X-Accel-Buffering"] = "no";
        _call.Http.Response.BodyWriter.Write(_kept.WrittenSpan);
        _written += _kept.WrittenCount;
    }

    /// <summary>Sends what was written.</summary>
    public async ValueTask FlushAsync()
    {
        _call.Record.ResponseBytes = _written;
        await _call.Http.Response.BodyWriter.FlushAsync(_attempt.Scope.Token);
    }

    /// <summary>The clean end.</summary>
    public async ValueTask EndAsync()
    {
        if (_writer is not null) _writer.End(Target);
        else if (!IsDone && _model.Face.Format is OpenAiChatFormat) Target.Write("data: [DONE]\n\n"u8); // the provider forgot it; callers wait for it
        await FlushAsync();
    }

    /// <summary>The end nobody can take for a clean one.</summary>
    public async ValueTask FailAsync(ModelError error)
    {
        if (!_told) (_writer ?? _model.Face.Format.CreateStreamWriter(_model.Context)).Write(new Failed(error), Target);
        _call.Record.ResponseBytes = _written;
        await _call.Http.Response.BodyWriter.FlushAsync(_call.Http.RequestAborted);
    }

    private IBufferWriter<byte> Target => new Counted(this, _attempt.Committed ? _call.Http.Response.BodyWriter : _kept);

    private void PassRaw()
    {
        if (_writer is null) Target.Write(_raw.WrittenSpan);
        _raw.ResetWrittenCount();
    }

    private void Note(ChatEvent next)
    {
        if (next.IsContent) SawContent = true;
        if (next is Finished) IsFinished = true;
        if (next is Used used) _attempt.Usage = used.Usage;
    }

    private readonly struct Counted(StreamOutput owner, IBufferWriter<byte> inner) : IBufferWriter<byte>
    {
        public void Advance(int count)
        {
            inner.Advance(count);
            if (owner._attempt.Committed) owner._written += count;
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);
    }
}
