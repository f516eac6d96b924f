using Microsoft.IdentityModel.Tokens;

namespace Tidegate.Gateway.Request.Identify.Tokens;

/// <summary>A public key of an issuer. It verifies the algorithms made for its type and no other: that is what rules key confusion out.</summary>
internal abstract class SigningKey(JsonWebKey key)
{
    /// <summary>Id of the key; null when the issuer gave none.</summary>
    public string? Kid { get; } = string.IsNullOrEmpty(key.Kid) ? null : key.Kid;

    /// <summary>The only algorithm the issuer uses it for; null when it did not say.</summary>
    protected string? DeclaredAlgorithm { get; } = string.IsNullOrEmpty(key.Alg) ? null : key.Alg;

    /// <summary>True when the key is of the type the algorithm needs.</summary>
    public abstract bool Takes(string algorithm);

    /// <summary>True when the signature is of this key.</summary>
    public abstract bool Verify(string algorithm, byte[] signed, byte[] signature);

    /// <summary>The usable form of a published key; null for anything that must not or cannot verify tokens: encryption keys, symmetric keys, short keys, unknown curves.</summary>
    public static SigningKey? Of(JsonWebKey key)
    {
        if (!string.IsNullOrEmpty(key.Use) && key.Use != "sig") return null;
        if (key.KeyOps.Count > 0 && !key.KeyOps.Contains("verify")) return null;
        try
        {
            return key.Kty switch
            {
                "RSA" when Base64UrlEncoder.DecodeBytes(key.N).Length >= 256 => new PublishedKey(key, ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"]),
                "EC" when key.Crv == "P-256" => new PublishedKey(key, ["ES256"]),
                "EC" when key.Crv == "P-384" => new PublishedKey(key, ["ES384"]),
                "EC" when key.Crv == "P-521" => new PublishedKey(key, ["ES512"]),
                "OKP" when key.Crv == "Ed25519" => new Ed25519Key(key),
                _ => null,
            };
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
