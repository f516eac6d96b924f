using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>Takes the places a call needs at its service: in the adaptive limit, then in the bulkhead. They are given back at the end of the call.</summary>
internal sealed class Places(GuardMetrics metrics)
{
    /// <summary>False when the call was shed, or ended while it waited.</summary>
    public ValueTask<bool> EnterAsync(GatewayCall call, ServiceModel service, AttemptScope scope)
    {
        var config = service.Guard.Config;
        if (config.AdaptiveConcurrency is { } adaptive)
        {
            if (!service.State.Adaptive.TryEnter(adaptive, call.Priority)) return ValueTask.FromResult(Shed(call, service, "adaptive"));
            call.Leases.Add(service.State.Adaptive);
        }

        return config.Bulkhead is { } bulkhead ? EnterAsync(call, service, bulkhead, scope) : ValueTask.FromResult(true);
    }

    private async ValueTask<bool> EnterAsync(GatewayCall call, ServiceModel service, BulkheadConfig bulkhead, AttemptScope scope)
    {
        scope.Begin(call.Http.RequestAborted);
        scope.SetDue(call.DeadlineTimestamp, CancelCause.Deadline);
        var entered = await service.State.Bulkhead.EnterAsync(bulkhead, scope.Token);
        var cause = scope.Cause;
        scope.End();
        if (entered)
        {
            call.Leases.Add(service.State.Bulkhead);
            return true;
        }

        return cause switch
        {
            CancelCause.None => Shed(call, service, bulkhead.Queue > 0 ? "queue_full" : "bulkhead"),
            CancelCause.Deadline => Shed(call, service, "bulkhead"),
            _ => call.Refuse(Refusals.Of(cause)),
        };
    }

    private bool Shed(GatewayCall call, ServiceModel service, string reason)
    {
        metrics.Shed(service.Name, call.Priority, reason);
        return call.Refuse(new Refusal(503, CallOutcome.Shed, "overloaded", "The service has as many calls as it can take. Try again later.", reason)
        {
            RetryAfterSeconds = 1,
        });
    }
}
