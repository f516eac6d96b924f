using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Routes;

/// <summary>An issuer of JSON Web Tokens (RFC 7519, checked as RFC 8725 advises).</summary>
public sealed record JwtConfig
{
    /// <summary>Exact <c>iss</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>Audiences accepted; at least one must be in <c>aud</c>.</summary>
    [MinLength(1)]
    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary>Address of the key set (JWKS, RFC 7517).</summary>
    public Uri? JwksUri { get; init; }

    /// <summary>File of the key set, instead of an address.</summary>
    public string? JwksFile { get; init; }

    /// <summary>Signature algorithms accepted. Default RS256, ES256, EdDSA. <c>none</c> and HMAC are never accepted.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = ["RS256", "ES256", "EdDSA"];

    /// <summary>Tolerance on <c>exp</c> and <c>nbf</c>. Default 30 s.</summary>
    [DurationRange("0s", "5m")]
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Claim that names the caller. Default <c>sub</c>.</summary>
    public string ConsumerClaim { get; init; } = "sub";

    /// <summary>Claim with the scopes, space-separated or a list. Default <c>scope</c>.</summary>
    public string ScopeClaim { get; init; } = "scope";

    /// <summary>True lets callers in that no <c>Consumer</c> names; they are known by the claim's value. Default false.</summary>
    public bool AllowUnknown { get; init; }

    /// <summary>True sends the token on to the upstream. Default false: it is removed.</summary>
    public bool Forward { get; init; }

    /// <summary>How long a key set is used before it is fetched again. Default 10 min. An unknown <c>kid</c> fetches sooner, at most every 10 s.</summary>
    [DurationRange("10s", "1d")]
    public TimeSpan JwksMaxAge { get; init; } = TimeSpan.FromMinutes(10);
}
