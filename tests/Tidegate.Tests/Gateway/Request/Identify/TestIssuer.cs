using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Org.BouncyCastle.Security;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Tests.Gateway.Request.Identify;

/// <summary>An issuer of tokens with real keys of every kind.</summary>
internal sealed class TestIssuer : IDisposable
{
    // Making RSA keys is slow: each name has the same key in all tests.
    private static readonly ConcurrentDictionary<string, Lazy<RSA>> Made = new(StringComparer.Ordinal);

    private readonly Dictionary<string, RSA> _rsa = new(StringComparer.Ordinal);
    private readonly ECDsa _p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly byte[] _edPrivate = new byte[Ed25519.SecretKeySize];
    private readonly byte[] _edPublic = new byte[Ed25519.PublicKeySize];

    public TestIssuer()
    {
        Rotate("rsa-1");
        Ed25519.GeneratePrivateKey(new SecureRandom(), _edPrivate);
        Ed25519.GeneratePublicKey(_edPrivate, 0, _edPublic, 0);
    }

    public const string Name = "https://issuer.example";

    /// <summary>A day in the life of the tests.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static JwtConfig Config(Uri jwks) => new()
    {
        Issuer = Name, Audiences = ["orders", "billing"], JwksUri = jwks, Algorithms = ["RS256", "PS256", "ES256", "ES384", "EdDSA"],
    };

    /// <summary>Adds an RSA key; old ones stay until <see cref="Retire"/>.</summary>
    public void Rotate(string kid) => _rsa[kid] = Made.GetOrAdd(kid, _ => new Lazy<RSA>(() => RSA.Create(2048))).Value;

    public void Retire(string kid) => _rsa.Remove(kid);

    /// <summary>The published key set.</summary>
    public string Jwks(bool withKids = true) => JsonSerializer.Serialize(new
    {
        keys = _rsa.Select(k => (object)Rsa(withKids ? k.Key : null, k.Value.ExportParameters(false)))
            .Append(Ec("es256", "P-256", _p256)).Append(Ec("es384", "P-384", _p384))
            .Append(new { kty = "OKP", crv = "Ed25519", kid = "ed", x = Base64Url.EncodeToString(_edPublic), use = "sig" })
            .Append(new { kty = "oct", kid = "shared", k = Base64Url.EncodeToString(new byte[32]) })
            .Append(new { kty = "RSA", kid = "enc", use = "enc", n = Base64Url.EncodeToString(_rsa.Values.First().ExportParameters(false).Modulus!), e = "AQAB" }),
    });

    public static string Claims(string subject = "acme", string issuer = Name, object? audience = null, double expiresIn = 300, double? notBefore = null, string? scope = null)
    {
        var claims = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["iss"] = issuer, ["sub"] = subject, ["aud"] = audience ?? "orders", ["exp"] = Now.ToUnixTimeSeconds() + expiresIn,
        };
        if (notBefore is { } nbf) claims["nbf"] = Now.ToUnixTimeSeconds() + nbf;
        if (scope is not null) claims["scope"] = scope;
        return JsonSerializer.Serialize(claims);
    }

    /// <summary>A signed token.</summary>
    public string Token(string? claims = null, string algorithm = "RS256", string? kid = "rsa-1", string? header = null, string? signWith = null)
    {
        header ??= kid is null ? $"{{\"alg\":\"{algorithm}\",\"typ\":\"JWT\"}}" : $"{{\"alg\":\"{algorithm}\",\"kid\":\"{kid}\",\"typ\":\"JWT\"}}";
        var signed = $"{Encode(header)}.{Encode(claims ?? Claims())}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(Encoding.ASCII.GetBytes(signed), algorithm, signWith ?? kid ?? "rsa-1"))}";
    }

    /// <summary>The well-known attack: HMAC with the public key as its secret.</summary>
    public string TokenOfConfusion(string kid)
    {
        var signed = $"{Encode($"{{\"alg\":\"HS256\",\"kid\":\"{kid}\"}}")}.{Encode(Claims())}";
        var secret = Encoding.ASCII.GetBytes(_rsa[kid].ExportRSAPublicKeyPem());
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    public void Dispose()
    {
        _p256.Dispose();
        _p384.Dispose();
    }

    private byte[] Sign(byte[] data, string algorithm, string kid)
    {
        switch (algorithm)
        {
            case "RS256": return _rsa[kid].SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            case "PS256": return _rsa[kid].SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
            case "ES256": return _p256.SignData(data, HashAlgorithmName.SHA256);
            case "ES384": return _p384.SignData(data, HashAlgorithmName.SHA384);
            case "EdDSA":
                var signature = new byte[Ed25519.SignatureSize];
                Ed25519.Sign(_edPrivate, 0, data, 0, data.Length, signature, 0);
                return signature;
            default: return [1, 2, 3];
        }
    }

    private static object Rsa(string? kid, RSAParameters key) =>
        new { kty = "RSA", kid, use = "sig", n = Base64Url.EncodeToString(key.Modulus!), e = Base64Url.EncodeToString(key.Exponent!) };

    private static object Ec(string kid, string curve, ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return new { kty = "EC", crv = curve, kid, x = Base64Url.EncodeToString(point.X!), y = Base64Url.EncodeToString(point.Y!) };
    }
}
