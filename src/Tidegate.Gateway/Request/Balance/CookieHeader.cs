using Microsoft.Extensions.Primitives;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>Finds one cookie of a request without parsing them all (RFC 6265 §4.2.1).</summary>
internal static class CookieHeader
{
    /// <summary>The value of the first cookie of this name.</summary>
    public static bool TryFind(StringValues headers, string name, out ReadOnlySpan<char> value)
    {
        foreach (var header in headers)
        {
            var rest = header.AsSpan();
            while (!rest.IsEmpty)
            {
                var end = rest.IndexOf(';');
                var pair = (end < 0 ? rest : rest[..end]).Trim(' ');
                rest = end < 0 ? default : rest[(end + 1)..];
                if (pair.Length <= name.Length || pair[name.Length] != '=' || !pair.StartsWith(name, StringComparison.Ordinal)) continue;
                value = pair[(name.Length + 1)..].Trim('"');
                return true;
            }
        }

        value = default;
        return false;
    }
}
