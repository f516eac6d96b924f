using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request.Admit.Limits;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Request.Admit;

/// <summary>May this call go now: classes that are shed, body size, calls in flight, rates. All limits of the consumer and of the route must admit it; a call that one of them refuses counts in none.</summary>
internal sealed class AdmitStage(TimeProvider time, Meter meter, GuardMetrics metrics)
{
    private static readonly Refusal Shed = new(503, CallOutcome.Shed, "shed", "Calls of this priority are not taken for now.", "route:shed") { RetryAfterSeconds = 10 };

    private readonly Counter<long> _rejections = CallMetricNames.LimitRejections.Counter(meter);

    /// <summary>False when the call was refused (413, 429, 503).</summary>
    public ValueTask<bool> EnterAsync(GatewayCall call)
    {
        var consumer = call.Caller.Model;
        call.Priority = consumer?.Config.Priority ?? call.Route.Priority;
        if ((call.Route.Shed >> (int)call.Priority & 1) != 0)
        {
            metrics.Shed(call.Record.Service, call.Priority, "route");
            return new(call.Refuse(Shed));
        }

        if (!BodyLimit.Check(call)) return new(false);
        var route = call.Route.Limits;
        var own = consumer?.Limits ?? LimitSet.None;
        if (ReferenceEquals(route, LimitSet.None) && ReferenceEquals(own, LimitSet.None)) return new(true);

        var now = time.GetTimestamp();
        if (!EnterAll(call, own, now) || !EnterAll(call, route, now)) return new(false);
        call.RateLimits.Apply(route, own);
        if (!TakeAll(call, own, now)) return new(false);
        if (TakeAll(call, route, now)) return new(true);
        GiveBack(call, own, own.Rates.Length, now);
        return new(false);
    }

    private bool EnterAll(GatewayCall call, LimitSet limits, long now)
    {
        foreach (var limit in limits.Concurrency)
        {
            if (limit.TryEnter(call, now)) continue;
            _rejections.Add(1, new("route", call.Route.Name), new("limit", limit.Name));
            return call.Refuse(new Refusal(429, CallOutcome.RateLimited, "too_many_concurrent_calls",
                $"No more than {limit.Config.Max} calls may be in flight at once.", "limit:" + limit.Name)
            { RetryAfterSeconds = 1 });
        }

        return true;
    }

    private bool TakeAll(GatewayCall call, LimitSet limits, long now)
    {
        for (var i = 0; i < limits.Rates.Length; i++)
        {
            var limit = limits.Rates[i];
            var decision = limit.Take(call, now);
            call.RateLimits.Note(limit.Rule, decision, Seconds(decision.ResetAfter));
            if (decision.Admitted) continue;
            GiveBack(call, limits, i, now);
            _rejections.Add(1, new("route", call.Route.Name), new("limit", limit.Rule.Name));
            return call.Refuse(new Refusal(429, CallOutcome.RateLimited, "rate_limited",
                $"No more than {limit.Rule.Config.Calls} calls are allowed in {limit.Rule.Config.Per.TotalSeconds:0.###} s.", "limit:" + limit.Rule.Name)
            {
                RetryAfterSeconds = (int)Math.Min(int.MaxValue, Seconds(decision.RetryAfter)),
            });
        }

        return true;
    }

    private static void GiveBack(GatewayCall call, LimitSet limits, int count, long now)
    {
        for (var i = 0; i < count; i++) limits.Rates[i].GiveBack(call, now);
    }

    private long Seconds(long ticks) => (ticks + time.TimestampFrequency - 1) / time.TimestampFrequency;
}
