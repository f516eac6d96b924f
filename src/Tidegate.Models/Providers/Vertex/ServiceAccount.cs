using System.Security.Cryptography;
using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Providers.Vertex;

/// <summary>A service account of Google Cloud, as the JSON text the console gives.</summary>
/// <param name="Email">Who signs.</param>
/// <param name="KeyId">Id of its key; null when the text has none.</param>
/// <param name="PrivateKey">Key in PEM.</param>
/// <param name="TokenAddress">Where tokens are given.</param>
internal sealed record ServiceAccount(string Email, string? KeyId, string PrivateKey, Uri TokenAddress)
{
    private const string DefaultTokenAddress = "https://oauth2.googleapis.com/token";

    /// <summary>The account of a text; null with what is wrong when it is none. What is wrong never repeats the text.</summary>
    public static ServiceAccount? Parse(string text, out string? problem)
    {
        problem = null;
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.Text("type") is { } type && type != "service_account") problem = $"The key is of type \"{RequestObject.Short(type)}\": give the JSON key of a service account.";
            else if (root.Text("client_email") is not { Length: > 0 } email) problem = "The key has no client_email: give the JSON key of a service account, complete.";
            else if (root.Text("private_key") is not { Length: > 0 } key || !IsRsa(key)) problem = "The key's private_key is no RSA key in PEM.";
            else if (!Uri.TryCreate(root.Text("token_uri") ?? DefaultTokenAddress, UriKind.Absolute, out var address) || !IsSafe(address)) problem = "The key's token_uri is no https:// address.";
            else return new ServiceAccount(email, root.Text("private_key_id"), key, address);
        }
        catch (JsonException)
        {
            problem = "The key is no JSON: give the JSON key of a service account.";
        }

        return null;
    }

    /// <summary>Whose it is: the key is not for logs.</summary>
    public override string ToString() => Email;

    private static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    private static bool IsRsa(string pem)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
