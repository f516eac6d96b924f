using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Json;
using Tidegate.Models.Providers.Tokens;

namespace Tidegate.Models.Providers.Vertex;

/// <summary>A service account asks for a token with a claim it has signed itself (RFC 7523, RS256).</summary>
internal sealed class ServiceAccountExchange(ServiceAccount account) : ITokenExchange
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";
    private const string Grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    // The longest Google takes.
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    // What an answer means that does not say how long its token lives.
    private static readonly TimeSpan AssumedLife = TimeSpan.FromMinutes(10);

    public HttpRequestMessage CreateRequest(DateTimeOffset now) => new(HttpMethod.Post, account.TokenAddress)
    {
        Content = new FormUrlEncodedContent([new("grant_type", Grant), new("assertion", Assertion(now))]),
    };

    public AccessToken Read(int status, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (JsonDocument.TryParseValue(ref reader, out var parsed))
            {
                using (parsed)
                {
                    var root = parsed.RootElement;
                    if (status < 300 && root.Text("access_token") is { Length: > 0 } token)
                        return new AccessToken(token, now + (root.Whole("expires_in") is > 0 and < 1_000_000 and { } seconds ? TimeSpan.FromSeconds(seconds) : AssumedLife));
                    if (root.Text("error") is { } code) throw new TokenException(Refused(status, code, root.Text("error_description")));
                }
            }
        }
        catch (JsonException)
        {
            // A page, or half an answer.
        }

        throw new TokenException(Refused(status, null, status < 300 ? "The answer holds no token." : ErrorText.OfBody(status, body)));
    }

    internal string Assertion(DateTimeOffset now)
    {
        var signed = $"{Part(WriteHeader)}.{Part(json => WriteClaims(json, now.ToUnixTimeSeconds()))}";
        using var rsa = RSA.Create();
        rsa.ImportFromPem(account.PrivateKey);
        return $"{signed}.{Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static ModelError Refused(int status, string? code, string? words)
    {
        // Google tells wrong keys as 400 invalid_grant; nothing else about this request is the caller's.
        var kind = status switch
        {
            429 => ModelErrorKind.RateLimit,
            503 => ModelErrorKind.Overloaded,
            >= 500 or < 300 => ModelErrorKind.Server,
            _ => ModelErrorKind.Authentication,
        };
        return new ModelError(kind, kind == ModelErrorKind.Authentication ? 401 : status < 300 ? 502 : status, $"The provider gave no token: {ErrorText.Clean(words ?? code ?? $"status {status}")}") { Code = code };
    }

    private static string Part(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output)) write(json);
        return Base64Url.EncodeToString(output.WrittenSpan);
    }

    private void WriteHeader(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("alg", "RS256");
        json.WriteString("typ", "JWT");
        if (account.KeyId is { } id) json.WriteString("kid", id);
        json.WriteEndObject();
    }

    private void WriteClaims(Utf8JsonWriter json, long now)
    {
        json.WriteStartObject();
        json.WriteString("iss", account.Email);
        json.WriteString("scope", Scope);
        json.WriteString("aud", account.TokenAddress.OriginalString);
        json.WriteNumber("iat", now);
        json.WriteNumber("exp", now + (long)Life.TotalSeconds);
        json.WriteEndObject();
    }
}
