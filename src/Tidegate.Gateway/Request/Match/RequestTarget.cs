namespace Tidegate.Gateway.Request.Match;

/// <summary>
/// What was asked for, byte for byte as the caller wrote it: what is matched is what is forwarded. Nothing is decoded, merged or resolved here.
/// </summary>
/// <param name="text">Path and query in origin form, or <c>*</c>.</param>
/// <param name="pathLength">Length of the path.</param>
internal readonly struct RequestTarget(string text, int pathLength)
{
    /// <summary>Path and query.</summary>
    public string Text { get; } = text;

    /// <summary>Length of the path.</summary>
    public int PathLength { get; } = pathLength;

    /// <summary>The path, percent-encoded.</summary>
    public ReadOnlySpan<char> Path => Text.AsSpan(0, PathLength);

    /// <summary>The query with its question mark; empty when there is none.</summary>
    public ReadOnlySpan<char> Query => Text.AsSpan(PathLength);

    /// <summary>Splits a request target in origin, absolute or asterisk form (RFC 9112 §3.2).</summary>
    public static RequestTarget Of(string raw)
    {
        if (raw.Length > 0 && raw[0] != '/' && raw.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme) raw = WithoutAuthority(raw, scheme + 3);
        var query = raw.IndexOf('?', StringComparison.Ordinal);
        return new RequestTarget(raw, query < 0 ? raw.Length : query);
    }

    // Proxies are sent the absolute form; Kestrel has checked that its authority and the Host header agree.
    private static string WithoutAuthority(string raw, int authority)
    {
        var end = raw.AsSpan(authority).IndexOfAny('/', '?');
        if (end < 0) return "/";
        return raw[authority + end] == '/' ? raw[(authority + end)..] : $"/{raw.AsSpan(authority + end)}";
    }
}
