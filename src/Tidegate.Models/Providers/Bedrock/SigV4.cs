using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Tidegate.Models.Providers.Bedrock;

/// <summary>
/// Signature Version 4 of AWS, for every service but S3 (which encodes paths once):
/// 1. a canonical text of method, path, query, signed headers and hash of the body;
/// 2. a text to sign of time, scope and the hash of that;
/// 3. a key derived from secret, day, region and service;
/// 4. the header <c>Authorization</c>.
/// Signed are host, content type and what begins with <c>x-amz-</c>: what proxies on the way may add or change is not.
/// </summary>
internal static class SigV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

    /// <summary>Adds <c>x-amz-date</c>, <c>x-amz-security-token</c> for temporary keys, and <c>Authorization</c>.</summary>
    public static void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body, AwsKey key, string region, string service, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.Remove("x-amz-date");
        request.Headers.Remove("x-amz-security-token");
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("x-amz-date", time);
        if (key.SessionToken is { } token) request.Headers.TryAddWithoutValidation("x-amz-security-token", token);

        // 1.
        var headers = SignedHeaders(request);
        var names = string.Join(';', headers.Keys);
        var canonical = new StringBuilder()
            .Append(request.Method.Method).Append('\n')
            .Append(CanonicalPath(request.RequestUri!.AbsolutePath)).Append('\n')
            .Append(CanonicalQuery(request.RequestUri.Query)).Append('\n');
        foreach (var (name, value) in headers) canonical.Append(name).Append(':').Append(value).Append('\n');
        canonical.Append('\n').Append(names).Append('\n').Append(Convert.ToHexStringLower(SHA256.HashData(body)));

        // 2.
        var day = time[..8];
        var scope = $"{day}/{region}/{service}/aws4_request";
        var text = $"{Algorithm}\n{time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";

        // 3.
        var derived = Mac(Encoding.UTF8.GetBytes("AWS4" + key.Secret), day);
        foreach (var step in (ReadOnlySpan<string>)[region, service, "aws4_request"]) derived = Mac(derived, step);

        // 4.
        request.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={key.Id}/{scope}, SignedHeaders={names}, Signature={Convert.ToHexStringLower(Mac(derived, text))}");
    }

    // The path as sent, each segment encoded once more: a model's %3A counts as %253A.
    internal static string CanonicalPath(string path) => path.Length == 0 ? "/" : string.Join('/', path.Split('/').Select(Encode));

    internal static string CanonicalQuery(string query)
    {
        if (query.Length < 2) return "";
        var pairs = query[1..].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            return equals < 0 ? (Name: Normal(pair), Value: "") : (Name: Normal(pair[..equals]), Value: Normal(pair[(equals + 1)..]));
        });
        return string.Join('&', pairs.OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal).Select(p => $"{p.Name}={p.Value}"));

        static string Normal(string encoded) => Encode(Uri.UnescapeDataString(encoded));
    }

    private static SortedDictionary<string, string> SignedHeaders(HttpRequestMessage request)
    {
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = request.Headers.Host ?? request.RequestUri!.Authority };
        Add(request.Headers);
        if (request.Content is { } content) Add(content.Headers);
        return signed;

        void Add(HttpHeaders headers)
        {
            foreach (var (name, values) in headers.NonValidated)
            {
                var lower = name.ToLowerInvariant();
                if (lower == "content-type" || lower.StartsWith("x-amz-", StringComparison.Ordinal)) signed[lower] = string.Join(',', values.Select(Folded));
            }
        }
    }

    // White space at the ends goes, runs of it inside become one space.
    private static string Folded(string value) => string.Join(' ', value.Split((char[])[' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (Unreserved.Contains((char)b, StringComparison.Ordinal)) encoded.Append((char)b);
            else encoded.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
