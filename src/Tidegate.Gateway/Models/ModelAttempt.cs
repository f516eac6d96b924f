using Tidegate.Core.Calls;
using Tidegate.Gateway.Models.Buffers;
using Tidegate.Gateway.Models.Costs;
using Tidegate.Gateway.Models.Hedging;
using Tidegate.Gateway.Models.Operations;
using Tidegate.Gateway.Models.Queueing;
using Tidegate.Gateway.Models.Shadows;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;

namespace Tidegate.Gateway.Models;

/// <summary>One try at one target with one key.</summary>
internal sealed class ModelAttempt : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ModelCall _model;
    private PooledBytes? _lent;
    private bool _isDisposed;
    private long _dueFrom, _patience;

    public ModelAttempt(GatewayCall call, ModelCall model, TargetChoice choice, AttemptKind kind, TimeProvider time, DrainState drain)
    {
        (_time, _model) = (time, model);
        (Target, Key, State, Entry, Kind) = (choice.Target, choice.Key, choice.State, choice.Entry, kind);
        Wire = Wire.To(model.Face, Target)!; // targets it does not lead to are not chosen
        Start = time.GetTimestamp();
        Scope = new AttemptScope(time, drain);
        State.Enter();
        Scope.Begin(call.Http.RequestAborted);
    }

    /// <summary>What can end it.</summary>
    public AttemptScope Scope { get; }

    /// <summary>Target tried.</summary>
    public TargetModel Target { get; }

    /// <summary>Key used.</summary>
    public KeyModel Key { get; }

    /// <summary>Load, latency and breaker of target and key.</summary>
    public DestinationState State { get; }

    /// <summary>How the breaker let it in; consumed by the report to it.</summary>
    public BreakerEntry Entry { get; set; }

    /// <summary>Why it was made.</summary>
    public AttemptKind Kind { get; }

    /// <summary>How the call is put to the target.</summary>
    public Wire Wire { get; }

    /// <summary>Format of conversations and of errors.</summary>
    public ITargetFormat Format => Wire.Format;

    /// <summary>The caller's bytes, and the target's, pass through.</summary>
    public bool Passes => Wire.Passes;

    /// <summary>Timestamp of its begin.</summary>
    public long Start { get; }

    /// <summary>Timestamp of the first token, or of the whole answer; 0 until then.</summary>
    public long FirstToken { get; private set; }

    /// <summary>Timestamp of the last token of a stream so far; 0 where there is none.</summary>
    public long LastToken { get; set; }

    /// <summary>Ticks before the last token in which the caller of a stream took nothing, and so nothing more was read.</summary>
    public long CallersTicks { get; set; }

    /// <summary>The provider's answer; null when there is none.</summary>
    public HttpResponseMessage? Response { get; set; }

    /// <summary>Status of the answer; 0 when none came.</summary>
    public int Status { get; set; }

    /// <summary>Why it has no usable answer; null as long as it may have one.</summary>
    public ModelError? Error { get; private set; }

    /// <summary>The same as the provider wrote it, when it speaks the caller's format; else null.</summary>
    public ReadOnlyMemory<byte>? ErrorBody { get; set; }

    /// <summary>The same for the operator.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>The caller has seen something of it.</summary>
    public bool Committed { get; set; }

    /// <summary>The caller's connection is to be broken, once it is known what the call was: breaking it looks like a caller who left.</summary>
    public bool BreaksConnection { get; set; }

    /// <summary>Who waits for its place; null for nobody.</summary>
    public WaitingLine? Line { get; init; }

    /// <summary>Where it races others; null for one alone.</summary>
    public HedgeGate? Gate { get; set; }

    /// <summary>Neither provider nor gateway ended it: the caller went away.</summary>
    public bool CallerGone => Scope.Cause == CancelCause.CallerGone;

    /// <summary>No token came in time: the target is not asked again for this call.</summary>
    public bool WasSilent => Scope.Cause == CancelCause.AttemptTimeout;

    /// <summary>The deadline of the call ended it before it had half of the time its target may take: a caller in a hurry says nothing about the target.</summary>
    public bool WasCutShort => Scope.Cause == CancelCause.Deadline && _time.GetTimestamp() - _dueFrom < _patience / 2;

    /// <summary>Tokens, as the provider told; null when it did not.</summary>
    public Usage? Usage { get; private set; }

    /// <summary>What came of the answer since tokens were last told.</summary>
    public DeliveredText Delivered { get; } = new();

    /// <summary>Tokens and cost; final once the judge has reported, null before.</summary>
    public ModelUse? Use { get; set; }

    /// <summary>What it answered, when that was read as a whole; null for streams.</summary>
    public ChatAnswer? Answer { get; private set; }

    /// <summary>It has the shape asked for; null where nobody has looked, or where it is none that could have it.</summary>
    public bool? HoldsShape { get; set; }

    /// <summary>What the provider answered, where it is to be compared or looked at in the end; null elsewhere.</summary>
    public AnswerCopy? Copy { get; set; }

    /// <summary>Malformed frames that were skipped.</summary>
    public int Skipped { get; set; }

    /// <summary>Lends bytes until the attempt is over.</summary>
    public PooledBytes Lend() => _lent = new PooledBytes(_model.Pool) { Next = _lent };

    /// <summary>What was lent so far is not needed any more: the request, once its provider answers. Who is still writing it holds it.</summary>
    public void GiveBack()
    {
        for (; _lent is { } lent; _lent = lent.Next) lent.Release();
    }

    /// <summary>Sets the next due time, within the deadline of the call.</summary>
    public void DueIn(long ticks, CancelCause cause) => Due(_time.GetTimestamp(), ticks, cause);

    /// <summary>The same, counted from a timestamp that may lie back.</summary>
    public void Due(long from, long ticks, CancelCause cause)
    {
        (_dueFrom, _patience) = (from, ticks);
        var due = Ticks.After(_dueFrom, ticks);
        if (due < _model.Deadline) Scope.SetDue(due, cause);
        else Scope.SetDue(_model.Deadline, CancelCause.Deadline);
    }

    /// <summary>Something of the answer has come. True for the first time.</summary>
    public bool SawContent()
    {
        if (FirstToken != 0) return false;
        FirstToken = _time.GetTimestamp();
        return true;
    }

    /// <summary>A stream has begun to answer. A probe has told what it was sent for: nobody needs to wait for the end of a long answer.</summary>
    public void Answers()
    {
        if (Entry != BreakerEntry.Probe) return;
        State.Breaker.Report(Target.Provider.Config.Breaker, Entry, failed: false, FirstToken);
        Entry = BreakerEntry.Normal;
    }

    /// <summary>The provider has told tokens; later numbers replace earlier ones, and impossible ones are passed over.</summary>
    public void Told(Usage? usage)
    {
        if (usage is not { IsPlausible: true }) return;
        Usage = usage;
        Delivered.Told();
    }

    /// <summary>A whole answer has come.</summary>
    public void Told(ChatAnswer answer)
    {
        Answer = answer;
        Delivered.Add(answer);
        Told(answer.Usage);
    }

    /// <summary>It has no answer that could be used; the first error stands.</summary>
    public void Fail(ModelError error, string reason)
    {
        if (Error is not null) return;
        Error = error;
        Reason = reason;
    }

    /// <summary>It was the first to have something to show, where others are beside it. One that was not has ended by that.</summary>
    public bool MayShow()
    {
        if (Gate is null || Gate.TryPass(this)) return true;
        Scope.Cancel(CancelCause.GivenUp);
        Fail(new ModelError(ModelErrorKind.Timeout, 504, "Another attempt was faster."), "another attempt was faster");
        return false;
    }

    /// <summary>Nothing more is read: frees the upstream at once, whatever it still sends.</summary>
    public void LetGo() => Response?.Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        LetGo();
        Scope.End();
        Scope.Dispose();
        State.Leave();
        Target.Load.Leave();
        Line?.Wake();
        GiveBack();
    }
}
