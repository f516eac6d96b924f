using Tidegate.Gateway.Request;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Streaming;

namespace Tidegate.Gateway.Models.Relay;

/// <summary>The provider's events, in the caller's format.</summary>
internal sealed class WrittenOutput(GatewayCall call, ModelCall model, ModelAttempt attempt) : StreamOutput(call, model, attempt)
{
    private readonly IStreamReader _reader = attempt.Format.CreateStreamReader();
    private readonly IStreamWriter _writer = model.Face.Format.CreateStreamWriter(model.Context);
    private readonly List<ChatEvent> _events = [];

    /// <inheritdoc/>
    public override void Take(in StreamFrame frame)
    {
        _events.Clear();
        if (frame.Data.Span.SequenceEqual("[DONE]"u8)) IsDone = true;
        else if (!_reader.Read(frame, _events)) Attempt.Skipped++;
        foreach (var next in _events)
        {
            if (!Take(next)) return;
        }
    }

    /// <inheritdoc/>
    protected override void TakeWhole(ChatAnswer answer)
    {
        foreach (var next in AnswerEvents.Of(answer))
        {
            if (!Take(next)) return;
        }
    }

    /// <inheritdoc/>
    protected override void WriteEnd() => _writer.End(Target);

    /// <inheritdoc/>
    protected override IStreamWriter FailureWriter() => _writer;

    // False: the stream has failed.
    private bool Take(ChatEvent next)
    {
        if (next is Failed failed)
        {
            Attempt.Fail(failed.Error, $"error in the stream: {failed.Error.Kind}");
            return false;
        }

        SawContent |= next.IsContent;
        IsFinished |= next is Finished;
        Attempt.Delivered.Add(next);
        if (next is Used used) Attempt.Told(used.Usage);
        _writer.Write(next, Target);
        return true;
    }
}
