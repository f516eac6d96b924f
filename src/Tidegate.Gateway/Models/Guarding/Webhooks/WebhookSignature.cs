using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Tidegate.Gateway.Models.Guarding.Webhooks;

/// <summary>Signs questions as Standard Webhooks (https://www.standardwebhooks.com) says: HMAC-SHA256 over id, time and body.</summary>
internal static class WebhookSignature
{
    private const string SecretPrefix = "whsec_";

    /// <summary>Adds <c>webhook-id</c> and <c>webhook-timestamp</c>, and <c>webhook-signature</c> when there is a secret.</summary>
    public static void Add(HttpRequestHeaders headers, string id, DateTimeOffset now, ReadOnlySpan<byte> body, string? secret)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        headers.TryAddWithoutValidation("webhook-id", id);
        headers.TryAddWithoutValidation("webhook-timestamp", timestamp);
        if (secret is not { Length: > 0 }) return;
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, KeyOf(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        headers.TryAddWithoutValidation("webhook-signature", $"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}");
    }

    private static byte[] KeyOf(string secret)
    {
        if (!secret.StartsWith(SecretPrefix, StringComparison.Ordinal)) return Encoding.UTF8.GetBytes(secret);
        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[SecretPrefix.Length..], key, out var length) ? key[..length] : Encoding.UTF8.GetBytes(secret);
    }
}
