using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>The cookie value that stands for a destination: a keyed hash, so that callers learn no address and no order.</summary>
internal static class AffinityToken
{
    private const int Bytes = 12;

    /// <summary>The token of a destination; the same on every node that has the same key.</summary>
    public static string For(string key, string destination)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(destination));
        return Base64Url.EncodeToString(hash.AsSpan(0, Bytes));
    }
}
