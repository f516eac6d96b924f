using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Request.Stale;

/// <summary>The answers of a route as calls see them: by a rule of this snapshot, from a store that outlives it.</summary>
internal sealed class StaleModel(StaleConfig config, StaleStore store, StaleCounts counts)
{
    private readonly bool _serves = config.Serve != StaleServe.Never;

    /// <summary>Where they are.</summary>
    public StaleStore Store { get; } = store;

    /// <summary>What became of them.</summary>
    public StaleCounts Counts { get; } = counts;

    /// <summary>A kept answer is given without asking the service.</summary>
    public bool ServesAlways { get; } = config.Serve == StaleServe.Always;

    /// <summary>Answers are those of before where only <c>serve</c> is another: an overlay that says so in an emergency lives by them.</summary>
    public static StaleModel Of(StaleConfig config, StaleModel? previous, TimeProvider time)
    {
        var counts = previous?.Counts ?? new StaleCounts();
        var same = previous is not null && previous.Store.Config with { Serve = config.Serve } == config;
        return new StaleModel(config, same ? previous!.Store : new StaleStore(config, counts, time), counts);
    }

    /// <summary>True when an old answer is there and better than what the attempt brought.</summary>
    public bool IsBetter(GatewayCall call, Attempt attempt) =>
        _serves && (RetryRule.IsWorthIt(attempt) || (attempt.Failure == UpstreamFailure.None && attempt.Status is 500 or 502 or 503 or 504)) && Find(call);

    /// <summary>Looks for an answer, once for a call (<see cref="GatewayCall.Kept"/>).</summary>
    public bool Find(GatewayCall call)
    {
        if (call.Kept is not null) return true;
        if (!_serves || !MayAsk(call)) return false;
        call.Kept = Store.Find(call);
        call.Record.Facts = (call.Record.Facts & ~(CallFacts.CacheHit | CallFacts.CacheMiss)) | (call.Kept is null ? CallFacts.CacheMiss : CallFacts.CacheHit);
        return call.Kept is not null;
    }

    // Whoever says no-cache wants the truth or an error. A part of an answer is not made of a whole one, and what a body asks for is not in the key.
    private static bool MayAsk(GatewayCall call)
    {
        if (call.HasBody || call.IsUpgrade || call.IsGrpc) return false;
        var request = call.Http.Request;
        return (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && request.Headers.Range.Count == 0
            && (request.Headers.CacheControl.Count == 0 || !CacheDirectives.Read(request.Headers.CacheControl.ToString()).NoCache);
    }
}
