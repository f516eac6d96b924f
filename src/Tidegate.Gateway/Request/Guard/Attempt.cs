using Tidegate.Core.Calls;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Forward;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>One try at one destination. Used again by the next attempt, and by the next call of the connection.</summary>
internal sealed class Attempt(TimeProvider time, DrainState drain)
{
    private GatewayCall _call = null!;
    private bool _entered;
    private volatile bool _streaming;

    /// <summary>What can end it.</summary>
    public AttemptScope Scope { get; } = new(time, drain);

    /// <summary>Service tried.</summary>
    public ServiceModel Service { get; private set; } = null!;

    /// <summary>Destination tried.</summary>
    public DestinationModel Destination { get; private set; } = null!;

    /// <summary>How its breaker let it in; consumed by the report to the breaker.</summary>
    public BreakerEntry Entry { get; set; }

    /// <summary>Why it was made.</summary>
    public AttemptKind Kind { get; private set; }

    /// <summary>Timestamp of its begin.</summary>
    public long Start { get; private set; }

    /// <summary>Timestamp of its headers, or of its failure.</summary>
    public long HeadersAt { get; set; }

    /// <summary>The upstream's answer; null when there is none.</summary>
    public HttpResponseMessage? Response { get; set; }

    /// <summary>The body being sent; null when there is none.</summary>
    public RequestBodyContent? Body { get; set; }

    /// <summary>Status of the answer; 0 when none came.</summary>
    public int Status { get; set; }

    /// <summary>What the destination asked for by <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; set; }

    /// <summary>Why there is no answer.</summary>
    public UpstreamFailure Failure { get; private set; }

    /// <summary>The reason in words, for the operator.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Begins an attempt: from here it counts as load of its destination.</summary>
    public void Begin(GatewayCall call, ServiceModel service, Choice choice, AttemptKind kind, long now)
    {
        _call = call;
        Service = service;
        Destination = choice.Destination!;
        Entry = choice.Entry;
        Kind = kind;
        Start = now;
        Failure = UpstreamFailure.None;
        Error = "";
        Status = 0;
        RetryAfter = null;
        Destination.State.Enter();
        _entered = true;
        Scope.Begin(call.Http.RequestAborted);
        var own = Ticks.After(now, service.Guard.AttemptTimeout);
        if (own < call.DeadlineTimestamp) Scope.SetDue(own, CancelCause.AttemptTimeout);
        else Scope.SetDue(call.DeadlineTimestamp, CancelCause.Deadline);
    }

    /// <summary>Its headers have come: from here silence ends it, and the caller's own deadline if that covers the whole answer.</summary>
    public void BeginStreaming()
    {
        _streaming = true;
        Progress();
    }

    /// <summary>Something moved: the clock of silence begins again.</summary>
    public void Progress()
    {
        if (!_streaming) return;
        var idle = Ticks.After(time.GetTimestamp(), Service.Guard.Idle);
        if (idle < _call.StreamDeadlineTimestamp) Scope.SetDue(idle, CancelCause.Idle);
        else Scope.SetDue(_call.StreamDeadlineTimestamp, CancelCause.Deadline);
    }

    /// <summary>It has no answer that could be used.</summary>
    public void Fail(UpstreamFailure failure, string error)
    {
        Failure = failure;
        Error = error;
    }

    /// <summary>Ends it: whatever still runs is cancelled and waited for, so that nothing of it can touch the call afterwards.</summary>
    public ValueTask EndAsync()
    {
        if (!_entered) return ValueTask.CompletedTask;
        var copying = Body?.Copying;
        if (copying is { IsCompleted: false }) return EndSlowlyAsync(copying);
        End();
        return ValueTask.CompletedTask;
    }

    private async ValueTask EndSlowlyAsync(Task copying)
    {
        Scope.Cancel(CancelCause.GivenUp);
        Response?.Dispose();
        await copying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        End();
    }

    private void End()
    {
        Response?.Dispose();
        Response = null;
        Body = null;
        Scope.End();
        _streaming = false;
        _entered = false;
        Destination.State.Leave();
    }
}
