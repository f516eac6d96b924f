using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>
/// The destination the caller's cookie names; without one, or while that destination is off, the choice of <paramref name="others"/>, and a new cookie.
/// </summary>
internal sealed class StickyPolicy(StickyConfig config, IBalancingPolicy others) : IBalancingPolicy
{
    /// <inheritdoc/>
    public string Name => "sticky";

    /// <inheritdoc/>
    public bool HasAffinity => true;

    /// <inheritdoc/>
    public DestinationModel Pick(GatewayCall call, ReadOnlySpan<DestinationModel> candidates, long now)
    {
        if (CookieHeader.TryFind(call.Http.Request.Headers.Cookie, config.Cookie, out var token))
        {
            foreach (var candidate in candidates)
                if (token.SequenceEqual(candidate.AffinityToken)) return candidate;
        }

        return others.Pick(call, candidates, now);
    }

    /// <inheritdoc/>
    public string? Cookie(GatewayCall call, DestinationModel destination)
    {
        var request = call.Http.Request;
        if (CookieHeader.TryFind(request.Headers.Cookie, config.Cookie, out var token) && token.SequenceEqual(destination.AffinityToken)) return null;
        var age = config.MaxAge > TimeSpan.Zero ? $"; Max-Age={(long)config.MaxAge.TotalSeconds}" : "";
        return $"{config.Cookie}={destination.AffinityToken}; Path=/; HttpOnly; SameSite=Lax{(request.IsHttps ? "; Secure" : "")}{age}";
    }
}
