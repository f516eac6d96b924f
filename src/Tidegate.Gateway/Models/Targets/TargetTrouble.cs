using System.Globalization;
using Tidegate.Gateway.Request;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>Why a target takes no calls with a key now, in words for whoever operates it, and until when.</summary>
internal static class TargetTrouble
{
    /// <summary>What keeps a key of a target from being used; null when nothing does.</summary>
    public static string? Of(TargetModel target, int at, TimeProvider time)
    {
        var (key, state, now) = (target.Provider.Keys[at], target.States[at], time.GetTimestamp());
        if (time.GetUtcNow().UtcTicks >= key.ExpiresAt) return $"key '{key.Name}' has expired";
        if (key.State.Reason is { } refused) return $"key '{key.Name}' is out: {refused}{Left(key.State.RestsUntil, now, time)}";
        if (state.Breaker.ClosedToCallsUntil(now) is > 0 and var until && until > now)
            return state.Breaker.OverrideReason(now) is { } by ? $"breaker held open: {by}{Left(until, now, time)}" : $"breaker open{Left(until, now, time)}";
        if (Math.Max(state.Floor.OffUntil, state.Floor.AvoidUntil) is var floor && floor > now) return $"asked to be left alone{Left(floor, now, time)}";
        return target.Config.MaxConcurrent > 0 && target.Load.InFlight >= target.Config.MaxConcurrent ? $"has the {target.Config.MaxConcurrent} calls it takes at once" : null;
    }

    /// <summary>The key itself is what is wrong: its provider refused it, or it has expired.</summary>
    public static bool IsKeyOut(TargetModel target, int at, TimeProvider time) => target.Provider.Keys[at] is var key && (key.State.Reason is not null || time.GetUtcNow().UtcTicks >= key.ExpiresAt);

    /// <summary>All targets with each of their keys, once, however many aliases lead to them.</summary>
    public static IEnumerable<(TargetModel Target, int At)> Each(IReadOnlyList<AliasModel> aliases) =>
        aliases.SelectMany(a => a.Targets).SelectMany(t => Enumerable.Range(0, t.States.Length).Select(at => (Target: t, At: at))).DistinctBy(t => t.Target.States[t.At]);

    /// <summary>Timestamp from which a key of a target may be used again; the past when it may be used now, <see cref="long.MaxValue"/> for never.</summary>
    public static long Ends(TargetModel target, int at, TimeProvider time)
    {
        var (key, state, now) = (target.Provider.Keys[at], target.States[at], time.GetTimestamp());
        if (time.GetUtcNow().UtcTicks >= key.ExpiresAt) return long.MaxValue;
        var ends = Math.Max(state.Breaker.ClosedToCallsUntil(now), Math.Max(state.Floor.OffUntil, state.Floor.AvoidUntil));
        return key.State.Reason is null ? ends : Math.Max(ends, key.State.RestsUntil);
    }

    private static string Left(long until, long now, TimeProvider time) =>
        until <= now ? "" : string.Create(CultureInfo.InvariantCulture, $" (for {Ticks.Span(time, until - now).TotalSeconds:0.#} s)");
}
