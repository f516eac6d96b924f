using Microsoft.IdentityModel.Tokens;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Tidegate.Gateway.Request.Identify.Tokens;

/// <summary>An Ed25519 key (RFC 8037), which the platform's cryptography does not have.</summary>
internal sealed class Ed25519Key : SigningKey
{
    private readonly byte[] _point;

    public Ed25519Key(JsonWebKey key)
        : base(key)
    {
        _point = Base64UrlEncoder.DecodeBytes(key.X);
        if (_point.Length != Ed25519.PublicKeySize) throw new FormatException("An Ed25519 key has 32 bytes.");
    }

    /// <inheritdoc/>
    public override bool Takes(string algorithm) => IsEdDsa(algorithm) && (DeclaredAlgorithm is null || IsEdDsa(DeclaredAlgorithm));

    /// <inheritdoc/>
    public override bool Verify(string algorithm, byte[] signed, byte[] signature) =>
        signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature, 0, _point, 0, signed, 0, signed.Length);

    // RFC 9864 names the curve; RFC 8037 the family. On this key they mean the same.
    private static bool IsEdDsa(string algorithm) => algorithm is "EdDSA" or "Ed25519";
}
