using System.Buffers;
using System.Net;

namespace Tidegate.Core.Resources.Rules;

/// <summary>What HTTP allows in names and values (RFC 9110 §5).</summary>
internal static class HttpSyntax
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(Alphanumeric + "!#$%&'*+-.^_`|~");
    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create(Alphanumeric + "-_");
    private static readonly SearchValues<char> HeaderValueCharacters = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c), '\t']);

    /// <summary>Headers that frame a message or belong to one connection: the gateway's own business.</summary>
    private static readonly HashSet<string> Framing = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Expect", "Host", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    /// <summary>Header names, methods and cookie names.</summary>
    public static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenCharacters);

    /// <summary>Visible ASCII, blanks and tabs: no control bytes, so nothing can begin a header of its own.</summary>
    public static bool IsHeaderValue(string text) => !text.AsSpan().ContainsAnyExcept(HeaderValueCharacters);

    public static bool IsFraming(string header) => Framing.Contains(header);

    /// <summary>A DNS name or an address, without port.</summary>
    public static bool IsHost(string host)
    {
        if (host.StartsWith('[')) return host.EndsWith(']') && IPAddress.TryParse(host, out _);
        if (host.Length is 0 or > 253) return false;
        foreach (var label in host.AsSpan().Split('.'))
        {
            if (!IsLabel(host.AsSpan()[label])) return false;
        }

        return true;
    }

    private static bool IsLabel(ReadOnlySpan<char> label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && !label.ContainsAnyExcept(LabelCharacters);
}
