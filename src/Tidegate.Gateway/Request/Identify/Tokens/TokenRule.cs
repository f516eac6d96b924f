using System.Text.Json;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Identify.Tokens;

/// <summary>An issuer whose tokens a route accepts. Kept by the next snapshot while its configuration is the same, and with it keys and verified tokens.</summary>
internal sealed class TokenRule(JwtConfig config, KeySetSource keys, TimeProvider time)
{
    // Names go into the call log and into limits: nothing longer is a name.
    private const int MaxNameLength = 256;

    private readonly TokenCache _cache = new();
    // Never, whatever the document says: without a signature anybody could write the token; with HMAC the verifier could, and a public key would be the secret.
    private readonly string[] _algorithms = [.. config.Algorithms.Where(a => a is not "none" && !a.StartsWith("HS", StringComparison.OrdinalIgnoreCase))];

    /// <summary>Same text, same rule.</summary>
    public string Fingerprint { get; } = FingerprintOf(config);

    /// <summary>Exact issuer.</summary>
    public string Issuer => config.Issuer;

    /// <summary>The token is sent on to the upstream.</summary>
    public bool ForwardsToken => config.Forward;

    /// <summary>Begins to read the keys.</summary>
    public void Warm() => keys.Warm();

    /// <summary>The caller behind a token verified before; null when it must be verified.</summary>
    public Caller? Known(in KeyDigest digest, CallerTable callers) => _cache.Find(digest, keys.Current, time.GetUtcNow().UtcTicks, callers, this);

    /// <summary>Verifies a token: signature first, then what it says.</summary>
    public async ValueTask<(Caller? Caller, IdentifyFailure? Failure)> VerifyAsync(TokenText token, KeyDigest digest, CallerTable callers, CancellationToken cancel)
    {
        if (Array.IndexOf(_algorithms, token.Algorithm) < 0) return (null, IdentifyFailure.Algorithm);
        if (await keys.ForAsync(token.Kid, cancel) is not { } set) return (null, IdentifyFailure.KeysUnavailable);
        if (!set.Has(token.Kid)) return (null, IdentifyFailure.UnknownKid);
        if (!set.Verify(token.Algorithm, token.Kid, token.Signed, token.Signature)) return (null, IdentifyFailure.Signature);
        var now = time.GetUtcNow();
        if (Judge(token.Claims, now, out var expires) is { } wrong) return (null, wrong);
        if (Text(token.Claims, config.ConsumerClaim) is not { Length: > 0 and <= MaxNameLength } name || name.Any(char.IsControl)) return (null, IdentifyFailure.NoSubject);
        var subject = new TokenSubject(name, Scopes(token.Claims), expires, set);
        if (Resolve(subject, callers, out var unknown) is not { } caller) return (null, unknown);
        _cache.Add(digest, subject, callers, caller, now.UtcTicks);
        return (caller, null);
    }

    /// <summary>Who a subject is by the consumers of a snapshot.</summary>
    public Caller? Resolve(TokenSubject subject, CallerTable callers, out IdentifyFailure? failure)
    {
        failure = null;
        if (callers.BySubject(subject.Name) is { } consumer) return new Caller(consumer.Name, "", [.. subject.Scopes.Union(consumer.Scopes, StringComparer.Ordinal)], consumer);
        // A stranger must not go by the name of a consumer that lists other subjects.
        if (config.AllowUnknown && callers.ByName(subject.Name) is null) return new Caller(subject.Name, "", subject.Scopes, null) { Issuer = config.Issuer };
        failure = IdentifyFailure.UnknownSubject;
        return null;
    }

    /// <summary>Everything in the configuration that makes a difference.</summary>
    public static string FingerprintOf(JwtConfig config) => JsonSerializer.Serialize(config);

    private IdentifyFailure? Judge(JsonElement claims, DateTimeOffset now, out long expires)
    {
        expires = 0;
        if (!string.Equals(Text(claims, "iss"), config.Issuer, StringComparison.Ordinal)) return IdentifyFailure.Issuer;
        if (!HasAudience(claims)) return IdentifyFailure.Audience;
        if (Instant(claims, "exp") is not { } end) return IdentifyFailure.Malformed; // a token without an end is a password
        expires = end + config.ClockSkew.Ticks;
        if (now.UtcTicks >= expires) return IdentifyFailure.ExpiredToken;
        if (!claims.TryGetProperty("nbf", out _)) return null;
        if (Instant(claims, "nbf") is not { } begin) return IdentifyFailure.Malformed;
        return now.UtcTicks < begin - config.ClockSkew.Ticks ? IdentifyFailure.NotYetValid : null;
    }

    private bool HasAudience(JsonElement claims)
    {
        if (!claims.TryGetProperty("aud", out var audience)) return false;
        if (audience.ValueKind == JsonValueKind.String) return config.Audiences.Contains(audience.GetString()!, StringComparer.Ordinal);
        return audience.ValueKind == JsonValueKind.Array
            && audience.EnumerateArray().Any(a => a.ValueKind == JsonValueKind.String && config.Audiences.Contains(a.GetString()!, StringComparer.Ordinal));
    }

    private string[] Scopes(JsonElement claims)
    {
        if (!claims.TryGetProperty(config.ScopeClaim, out var scopes)) return [];
        return scopes.ValueKind switch
        {
            JsonValueKind.String => scopes.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            JsonValueKind.Array => [.. scopes.EnumerateArray().Where(s => s.ValueKind == JsonValueKind.String).Select(s => s.GetString()!)],
            _ => [],
        };
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // NumericDate: seconds, possibly with a fraction (RFC 7519 §2).
    private static long? Instant(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds)) return null;
        return seconds is >= 0 and < 253_402_300_800 ? DateTimeOffset.UnixEpoch.Ticks + (long)(seconds * TimeSpan.TicksPerSecond) : null;
    }
}
