using System.IO.Hashing;
using System.Runtime.InteropServices;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>
/// Weighted rendezvous hashing: the caller's value and each destination's name give a score, the highest wins. No table to build or share: all nodes agree,
/// a destination that goes takes only its own callers along, and a weight that changes moves only its share.
/// With <see cref="HashConfig.MaxLoad"/> a destination that is too busy is passed over for the caller's next best.
/// </summary>
internal sealed class ConsistentHashPolicy(HashConfig config) : IBalancingPolicy
{
    private const double Unit = 1.0 / (1UL << 53);

    /// <inheritdoc/>
    public string Name => "consistentHash";

    /// <inheritdoc/>
    public bool HasAffinity => true;

    /// <inheritdoc/>
    public DestinationModel Pick(GatewayCall call, ReadOnlySpan<DestinationModel> candidates, long now) =>
        Pick(Hash(call), candidates);

    /// <inheritdoc/>
    public string? Cookie(GatewayCall call, DestinationModel destination) => null;

    /// <summary>Chooses for a hashed value.</summary>
    public DestinationModel Pick(ulong hash, ReadOnlySpan<DestinationModel> candidates)
    {
        if (candidates.Length == 1) return candidates[0];
        var perWeight = config.MaxLoad > 0 ? LoadPerWeight(candidates) : double.PositiveInfinity;
        DestinationModel? best = null, free = null;
        double bestScore = double.NegativeInfinity, freeScore = double.NegativeInfinity;
        foreach (var candidate in candidates)
        {
            var score = Score(hash, candidate);
            if (score > bestScore) (best, bestScore) = (candidate, score);
            if (score > freeScore && candidate.State.InFlight < Math.Ceiling(perWeight * candidate.Config.Weight)) (free, freeScore) = (candidate, score);
        }

        return free ?? best!;
    }

    /// <summary>Hash of a text; the same on every node and after every restart.</summary>
    public static ulong Hash(ReadOnlySpan<char> text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text));

    private ulong Hash(GatewayCall call)
    {
        switch (config.By)
        {
            case HashSource.Header when call.Http.Request.Headers[config.Name ?? ""] is [{ Length: > 0 } value, ..]:
                return Hash(value);
            case HashSource.Cookie when CookieHeader.TryFind(call.Http.Request.Headers.Cookie, config.Name ?? "", out var cookie) && cookie.Length > 0:
                return Hash(cookie);
            case HashSource.Key when call.Caller.KeyId.Length > 0:
                return Hash(call.Caller.KeyId);
            default:
                return Hash(call.Record.ClientIp);
        }
    }

    // Weighted rendezvous: -weight / ln(u) with u uniform in (0, 1) gives every destination exactly its share (Schindelhauer and Schomaker, 2005).
    private static double Score(ulong hash, DestinationModel destination)
    {
        var x = hash ^ destination.NameHash;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9; // finaliser of SplitMix64
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        x ^= x >> 31;
        return -destination.Config.Weight / Math.Log(((x >> 11) + 0.5) * Unit);
    }

    private double LoadPerWeight(ReadOnlySpan<DestinationModel> candidates)
    {
        double load = 1, weight = 0;
        foreach (var candidate in candidates)
        {
            load += candidate.State.InFlight;
            weight += candidate.Config.Weight;
        }

        return config.MaxLoad * load / weight;
    }
}
