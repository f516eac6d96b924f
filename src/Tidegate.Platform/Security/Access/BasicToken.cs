using System.Buffers.Text;
using System.Text;

namespace Tidegate.Platform.Security.Access;

/// <summary>A token that stands as the password of basic authentication (RFC 7617).</summary>
internal static class BasicToken
{
    private const string Scheme = "Basic ";

    /// <summary>Names and passwords of programs are short; a longer header is no credential of ours.</summary>
    private const int Longest = 1024;

    public static bool TryRead(string header, out string token)
    {
        token = "";
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.Length > Longest) return false;
        var encoded = header.AsSpan(Scheme.Length).Trim(' ');
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length)];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length)) return false;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        token = colon < 0 ? "" : text[(colon + 1)..];
        return token.Length > 0;
    }
}
