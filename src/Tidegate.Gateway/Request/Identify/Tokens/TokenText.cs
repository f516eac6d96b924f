using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Tidegate.Gateway.Request.Identify.Tokens;

/// <summary>A JSON Web Token in compact form (RFC 7519), read strictly: what two readers could understand differently is refused (RFC 8725).</summary>
internal sealed class TokenText
{
    /// <summary>Longest token read. Tokens travel in a header, and the whole head of a request is limited, too.</summary>
    public const int MaxLength = 8192;

    // Duplicate members are refused at any depth: which of them counts depends on the reader.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private TokenText(string algorithm, string? kid, JsonElement claims, byte[] signed, byte[] signature) =>
        (Algorithm, Kid, Claims, Signed, Signature) = (algorithm, kid, claims, signed, signature);

    /// <summary>Signature algorithm it names.</summary>
    public string Algorithm { get; }

    /// <summary>Key id it names, or null.</summary>
    public string? Kid { get; }

    /// <summary>Its claims: an object.</summary>
    public JsonElement Claims { get; }

    /// <summary>The bytes that were signed.</summary>
    public byte[] Signed { get; }

    /// <summary>The signature.</summary>
    public byte[] Signature { get; }

    /// <summary>True for the shape of a signed token: three parts. An encrypted one has five.</summary>
    public static bool HasThreeParts(ReadOnlySpan<char> text) => text.Count('.') == 2;

    /// <summary>True when it says that this issuer made it, which its signature has yet to prove.</summary>
    public bool IsFrom(string issuer) => Claims.TryGetProperty("iss", out var own) && own.ValueKind == JsonValueKind.String && own.ValueEquals(issuer);

    /// <summary>The token, or null with the reason.</summary>
    public static TokenText? Parse(string text, out IdentifyFailure? failure)
    {
        failure = IdentifyFailure.Malformed;
        var first = text.IndexOf('.', StringComparison.Ordinal);
        var second = text.LastIndexOf('.');
        if (Decode(text.AsSpan(0, first)) is not { } head || Decode(text.AsSpan(first + 1, second - first - 1)) is not { } payload || Decode(text.AsSpan(second + 1)) is not { } signature)
            return null;
        try
        {
            var header = JsonDocument.Parse(head, Strict).RootElement;
            var claims = JsonDocument.Parse(payload, Strict).RootElement;
            if (header.ValueKind != JsonValueKind.Object || claims.ValueKind != JsonValueKind.Object) return null;
            if (!header.TryGetProperty("alg", out var algorithm) || algorithm.ValueKind != JsonValueKind.String) return null;
            // Extensions that must be understood, and other kinds of token that happen to be signed by the same issuer.
            if (header.TryGetProperty("crit", out _) || header.TryGetProperty("enc", out _) || header.TryGetProperty("zip", out _) || !IsAccessToken(header)) return null;
            string? kid = null;
            if (header.TryGetProperty("kid", out var id))
            {
                if (id.ValueKind != JsonValueKind.String) return null;
                kid = id.GetString();
            }

            failure = null;
            return new TokenText(algorithm.GetString()!, kid, claims, Encoding.ASCII.GetBytes(text, 0, second), signature);
        }
        catch (JsonException e)
        {
            if (e.Message.Contains("uplicate", StringComparison.Ordinal)) failure = IdentifyFailure.DuplicateClaim;
            return null;
        }
        catch (InvalidOperationException)
        {
            return null; // a string that is not valid UTF-16 when unescaped
        }
    }

    private static bool IsAccessToken(JsonElement header)
    {
        if (!header.TryGetProperty("typ", out var type)) return true;
        return type.ValueKind == JsonValueKind.String && type.GetString()!.ToLowerInvariant() is "jwt" or "at+jwt" or "application/at+jwt" or "application/jwt";
    }

    // Base64url without padding and without white space: RFC 7515 §2.
    private static byte[]? Decode(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty || part.ContainsAny(" \t\r\n=")) return null;
        return Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : null;
    }
}
