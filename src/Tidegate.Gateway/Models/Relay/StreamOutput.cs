using System.Buffers;
using System.Text.Json;
using Tidegate.Gateway.Models.Buffers;
using Tidegate.Gateway.Models.Rescue;
using Tidegate.Gateway.Request;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Streaming;

namespace Tidegate.Gateway.Models.Relay;

/// <summary>What the caller gets of an attempt's stream. Kept back until committed.</summary>
internal abstract class StreamOutput(GatewayCall call, ModelCall model, ModelAttempt attempt) : IDisposable
{
    private ArrayBufferWriter<byte>? _tape = model.Slot is null || StreamRescue.IsOpen(model) ? null : new(); // all that is written, for the cache; never of two answers
    private long _written = call.Record.ResponseBytes;
    private Task? _sending; // what the caller has not taken yet; there may be one at a time

    /// <summary>Content has come since this was last set to false.</summary>
    public bool SawContent { get; set; }

    /// <summary>There is something the caller has not seen: from here the attempt may be committed.</summary>
    public virtual bool HasNews => true;

    /// <summary>A finish reason was seen: whatever comes now, the answer is complete.</summary>
    public bool IsFinished { get; protected set; }

    /// <summary>The terminator was seen: nothing more is to be read.</summary>
    public bool IsDone { get; protected set; }

    /// <summary>It tells its caller the tokens in words of its own; what passes through has those of the provider.</summary>
    public virtual bool TellsUsage => false;

    /// <summary>What the caller wants.</summary>
    protected ModelCall Model { get; } = model;

    /// <summary>Whose stream it is.</summary>
    protected ModelAttempt Attempt { get; } = attempt;

    /// <summary>The provider has told its failure, after commit, in words the caller has been given.</summary>
    protected bool HasTold { get; set; }

    /// <summary>Bytes for the caller, until they are sent: kept back until committed, and then sent together, as one read of the provider's brought them.</summary>
    protected PooledBytes Target { get; } = new(model.Pool);

    /// <summary>Bytes at the end of <see cref="Target"/> that are not to be sent yet.</summary>
    protected int HeldBack { get; set; }

    /// <summary>The output of an attempt: the provider's bytes where it speaks the caller's format, else the same events in the caller's.</summary>
    public static StreamOutput For(GatewayCall call, ModelCall model, ModelAttempt attempt) =>
        attempt.Passes && model.Journal is null && model.Guard is not { ChangesStreams: true } ? new PassedOutput(call, model, attempt) : new WrittenOutput(call, model, attempt);

    /// <summary>Bytes that belong to the next frame, comments included.</summary>
    public virtual void Consumed(ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>Takes a frame.</summary>
    public abstract void Take(in StreamFrame frame);

    /// <summary>Takes a whole answer: some providers answer a wish for a stream with one.</summary>
    public void TakeWhole(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 128 });
        TakeWhole(Attempt.Format.ReadAnswer(document.RootElement));
    }

    /// <summary>It has come to its end and may be shown; else the attempt has failed. Asked once, for what was kept back until then.</summary>
    public virtual ValueTask<bool> PassesAsync() => new(true);

    /// <summary>From here the caller sees everything.</summary>
    public virtual void Commit()
    {
        if (Attempt.Committed) return;
        Attempt.Committed = true;
        if (StreamRescue.IsOpen(Model)) return; // it goes on with a stream
        AnswerHead.Write(call, Model, Attempt, Model.Face.Format.StreamMediaType);
        call.Http.Response.Headers.CacheControl = "no-cache";
        call.Http.Response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>Sends what there is.</summary>
    public ValueTask FlushAsync() => Target.Count > HeldBack ? SendAsync(Attempt.Scope.Token) : ValueTask.CompletedTask;

    /// <summary>The clean end.</summary>
    public async ValueTask EndAsync()
    {
        WriteEnd();
        await SendAsync(call.Http.RequestAborted); // the attempt may have run out of time when everything had been said
        if (_tape is not null) Model.Slot!.Take(_tape.WrittenMemory, Model.Face.Format.StreamMediaType);
    }

    /// <summary>The end nobody can take for a clean one.</summary>
    public async ValueTask FailAsync(ModelError error)
    {
        if (!HasTold)
        {
            DropHeldBack();
            FailureWriter().Write(new Failed(ModelErrorWriter.Named(call, error)), Target);
        }

        await SendAsync(call.Http.RequestAborted);
    }

    /// <inheritdoc/>
    public void Dispose() => Target.Release();

    /// <summary>Forgets what is not to be sent: something else follows.</summary>
    protected void DropHeldBack()
    {
        Target.Truncate(Target.Count - HeldBack);
        HeldBack = 0;
    }

    /// <summary>Takes a whole answer.</summary>
    protected abstract void TakeWhole(ChatAnswer answer);

    /// <summary>Writes what ends a clean stream.</summary>
    protected abstract void WriteEnd();

    /// <summary>What writes a failure into the stream.</summary>
    protected abstract IStreamWriter FailureWriter();

    private async ValueTask SendAsync(CancellationToken cancel)
    {
        if (_sending is { } before) await before.WaitAsync(cancel);
        cancel.ThrowIfCancellationRequested(); // here nothing of it has been sent; from here on all of it has, whatever becomes of the wait
        var ready = Target.Memory[..(Target.Count - HeldBack)];
        _written += ready.Length;
        call.Record.ResponseBytes = _written;
        if (_tape is { } tape && tape.WrittenCount + ready.Length > Model.Slot!.MostOfAnswer) _tape = null;
        _tape?.Write(ready.Span);
        var sending = call.Http.Response.BodyWriter.WriteAsync(ready, CancellationToken.None); // one that is cancelled breaks the connection: its caller could not be told why
        if (HeldBack > 0) Target.DropFirst(ready.Length);
        else Target.Clear(); // silent streams hold no memory
        if (sending.IsCompletedSuccessfully)
        {
            sending.GetAwaiter().GetResult();
            return;
        }

        _sending = sending.AsTask();
        await _sending.WaitAsync(cancel);
        _sending = null;
    }
}
