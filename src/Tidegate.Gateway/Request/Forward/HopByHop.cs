using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>Headers that belong to one connection and are not passed on (RFC 9110 §7.6.1), and those that others take their place.</summary>
internal static class HopByHop
{
    /// <summary>Never passed on, in either direction. <c>TE</c> and <c>Upgrade</c> are sent anew where they apply.</summary>
    public static bool Is(string name) => name.Length switch
    {
        2 => Same(name, "TE"),
        7 => Same(name, "Upgrade") || Same(name, "Alt-Svc"), // Alt-Svc would lead callers around the gateway
        10 => Same(name, "Connection") || Same(name, "Keep-Alive"),
        14 => Same(name, "HTTP2-Settings"),
        16 => Same(name, "Proxy-Connection"),
        17 => Same(name, "Transfer-Encoding"),
        18 => Same(name, "Proxy-Authenticate"),
        19 => Same(name, "Proxy-Authorization"),
        _ => false,
    };

    /// <summary>Takes out what the caller's <c>Connection</c> header names, before the gateway adds headers of its own that a caller must not be able to strip.</summary>
    public static void RemoveNominated(IHeaderDictionary headers)
    {
        if (headers.Connection.Count == 0 || Nominated(headers.Connection) is not { } nominated) return;
        foreach (var range in nominated.AsSpan().Split(','))
        {
            var name = nominated.AsSpan(range).Trim();
            if (!name.IsEmpty && !IsUsual(name)) headers.Remove(name.ToString());
        }
    }

    /// <summary>A <c>Connection</c> header, when it names headers beyond the usual words; null otherwise, which is nearly always.</summary>
    public static string? Nominated(StringValues connection)
    {
        if (connection.Count == 0) return null;
        var text = connection.ToString();
        foreach (var range in text.AsSpan().Split(','))
        {
            var token = text.AsSpan(range).Trim();
            if (!token.IsEmpty && !IsUsual(token)) return text;
        }

        return null;
    }

    /// <summary>The header is one of those nominated.</summary>
    public static bool IsNominated(string nominated, string name)
    {
        foreach (var range in nominated.AsSpan().Split(','))
            if (nominated.AsSpan(range).Trim().Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    // Words, and headers that are treated elsewhere; Host and framing are not a caller's to take out.
    private static bool IsUsual(ReadOnlySpan<char> token) =>
        token.Equals("keep-alive", StringComparison.OrdinalIgnoreCase) || token.Equals("close", StringComparison.OrdinalIgnoreCase)
        || token.Equals("Upgrade", StringComparison.OrdinalIgnoreCase) || token.Equals("Host", StringComparison.OrdinalIgnoreCase)
        || token.Equals("TE", StringComparison.OrdinalIgnoreCase) || token.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
        || token.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) || token.Equals("Connection", StringComparison.OrdinalIgnoreCase)
        || token.Equals("HTTP2-Settings", StringComparison.OrdinalIgnoreCase);

    private static bool Same(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
