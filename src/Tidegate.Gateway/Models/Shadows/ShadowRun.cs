using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Gateway.Models.Buffers;
using Tidegate.Gateway.Models.Guarding;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Request.Record;

namespace Tidegate.Gateway.Models.Shadows;

/// <summary>
/// Sends the copies, each after the record of its call, compares and records. A copy is a call of nobody's: one attempt like any other, into a response that leads nowhere. It ends when the
/// node begins to drain, and a stop waits until all have.
/// </summary>
internal sealed partial class ShadowRun(
    AttemptRun attempts, ModelJudge judge, RecordStage records, ICallSink sink, BytePool pool, ShadowMetrics metrics, DrainState drain, IRandomSource random, TimeProvider time, ILogger<ShadowRun> logger) : IHostedService
{
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running = 1; // and this object itself, until it is stopped

    /// <summary>Mirrors a call whose record has been written. Returns at once.</summary>
    public void Start(ShadowCall shadow, CallRecord primary)
    {
        var reason = drain.Begun ? "stopping" : primary.AttemptCount == 0 ? "not_sent" : primary.Outcome == CallOutcome.ClientCancelled ? "caller_gone" : null;
        if (reason is null)
        {
            Interlocked.Increment(ref _running);
            _ = RunAsync(shadow, primary);
            return;
        }

        metrics.Dropped(shadow.Alias, reason);
        shadow.Dispose();
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Leave();
        await _idle.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(ShadowCall shadow, CallRecord primary)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // the thread is the caller's
        var call = new GatewayCall { Shadow = shadow };
        records.BeginCopy(call);
        try
        {
            if (!call.Snapshot.Models.TryFind(shadow.Alias, out var alias) || alias.Shadow is not { } model || model.Target.Name != shadow.Target) metrics.Dropped(shadow.Alias, "config_changed");
            else if (model.Choose(call.StartTimestamp) is not { } choice) metrics.Dropped(shadow.Alias, "target_down");
            else await SendAsync(call, shadow, primary, alias, model, choice);
        }
        catch (Exception e)
        {
            Log.Fault(logger, e, primary.Id, shadow.Alias);
            metrics.Dropped(shadow.Alias, "fault");
        }
        finally
        {
            RecordStage.EndCopy(call);
            shadow.Dispose();
            Leave();
        }
    }

    private async Task SendAsync(GatewayCall call, ShadowCall shadow, CallRecord primary, AliasModel alias, ShadowModel to, TargetChoice choice)
    {
        var now = time.GetUtcNow();
        var record = call.Record = new CallRecord
        {
            Id = CallId.New(now, random), TraceId = primary.TraceId, SpanId = primary.SpanId, StartedAt = now, Kind = "shadow", Service = alias.Name, Destination = to.Target.Name,
            Revision = call.Snapshot.Config.Revision, Shadow = new ShadowComparison(primary.Id) { PrimaryOutcome = primary.Outcome },
        };
        call.Upstream.Set(HeaderNames.Via, shadow.Via);
        call.Http.RequestAborted = drain.Began;
        using var model = new ModelCall(shadow.Face, shadow.Asked, shadow.Body, shadow.Scan, shadow.Context) { Deadline = Ticks.After(call.StartTimestamp, to.Timeout), Hold = shadow.Hold, Attempts = 1, Pool = pool, Wishes = shadow.Wishes };
        using var attempt = new ModelAttempt(call, model, choice, AttemptKind.First, time, drain);
        try
        {
            await attempts.RunAsync(call, model, alias, attempt);
            await judge.ReadyAsync(model, attempt);
            judge.Report(call, model, attempt);
        }
        catch (Exception) when (record.AttemptCount > 0)
        {
            // It broke in writing to nobody, and has been judged and settled.
        }

        var end = record.Attempt(0);
        record.DurationUs = Ticks.Microseconds(time, time.GetTimestamp() - call.StartTimestamp);
        (record.Status, record.Outcome, record.Error) = (end.Status, end.Outcome, attempt.CallerGone ? "the node is stopping" : end.Error);
        record.ResponseBytes = 0; // nobody got any
        record.Shadow = AnswerComparison.Of(record.Shadow, attempt.Error is null ? attempt.Copy?.Read() : null, shadow.Primary?.Read(), AnswerShape.Of(model));
        metrics.Ended(alias.Name, record.Outcome);
        sink.TryWrite(record);
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _running) == 0) _idle.TrySetResult();
    }

    private static partial class Log
    {
        [LoggerMessage(1920, LogLevel.Error, "The copy of call {CallId} of model '{Model}' failed inside the gateway. This is a bug: please report it with this message.")]
        public static partial void Fault(ILogger logger, Exception exception, Guid callId, string model);
    }
}
