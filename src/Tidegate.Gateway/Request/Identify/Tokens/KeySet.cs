using Microsoft.IdentityModel.Tokens;

namespace Tidegate.Gateway.Request.Identify.Tokens;

/// <summary>The keys of an issuer at one time. Immutable.</summary>
internal sealed class KeySet
{
    // More keys than this without an id would make every wrong token expensive.
    private const int MaxTried = 4;

    private readonly SigningKey[] _keys;

    private KeySet(string text, SigningKey[] keys) => (Text, _keys) = (text, keys);

    /// <summary>The document it was read from.</summary>
    public string Text { get; }

    /// <summary>Number of usable keys.</summary>
    public int Count => _keys.Length;

    /// <summary>The set in a JWKS document; throws when it is none.</summary>
    public static KeySet Parse(string text) => new(text, [.. new JsonWebKeySet(text).Keys.Select(SigningKey.Of).OfType<SigningKey>()]);

    /// <summary>True when a key of this id is here, or keys without any id, which may be meant.</summary>
    public bool Has(string? kid) => _keys.Any(k => k.Kid is null || kid is null || string.Equals(k.Kid, kid, StringComparison.Ordinal));

    /// <summary>True when one of the keys a token may mean made its signature.</summary>
    public bool Verify(string algorithm, string? kid, byte[] signed, byte[] signature)
    {
        var tried = 0;
        foreach (var key in _keys)
        {
            if (kid is not null && key.Kid is not null && !string.Equals(key.Kid, kid, StringComparison.Ordinal)) continue;
            if (!key.Takes(algorithm)) continue;
            if (tried++ == MaxTried) return false;
            if (key.Verify(algorithm, signed, signature)) return true;
        }

        return false;
    }
}
