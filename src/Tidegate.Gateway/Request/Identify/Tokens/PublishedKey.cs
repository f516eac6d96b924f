using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Tidegate.Gateway.Request.Identify.Tokens;

/// <summary>An RSA or elliptic-curve key, verified by the platform's cryptography.</summary>
internal sealed class PublishedKey(JsonWebKey key, string[] algorithms) : SigningKey(key)
{
    private readonly JsonWebKey _key = key;

    /// <inheritdoc/>
    public override bool Takes(string algorithm) =>
        Array.IndexOf(algorithms, algorithm) >= 0 && (DeclaredAlgorithm is null || string.Equals(DeclaredAlgorithm, algorithm, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override bool Verify(string algorithm, byte[] signed, byte[] signature)
    {
        try
        {
            var factory = CryptoProviderFactory.Default;
            var provider = factory.CreateForVerifying(_key, algorithm);
            try
            {
                return provider.Verify(signed, signature);
            }
            finally
            {
                factory.ReleaseSignatureProvider(provider);
            }
        }
        catch (Exception e) when (e is CryptographicException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            return false; // a point that is not on its curve, a signature of the wrong length
        }
    }
}
