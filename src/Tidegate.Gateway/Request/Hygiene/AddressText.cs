using System.Net;
using System.Net.Sockets;

namespace Tidegate.Gateway.Request.Hygiene;

/// <summary>Addresses as proxies write them.</summary>
internal static class AddressText
{
    /// <summary>The address, IPv4 in its own notation also when it came over an IPv6 socket.</summary>
    public static string Of(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    /// <summary>The address as a node of <c>Forwarded</c>: IPv6 in brackets and quotes (RFC 7239 §6).</summary>
    public static string ForNode(IPAddress address)
    {
        var text = Of(address);
        return text.Contains(':', StringComparison.Ordinal) ? $"\"[{text}]\"" : text;
    }

    /// <summary>Reads an address with or without a port, brackets and quotes. Names and <c>unknown</c> are none.</summary>
    public static bool TryParse(string text, out IPAddress address)
    {
        var span = text.AsSpan().Trim().Trim('"');
        address = IPAddress.None;
        if (span is ['[', ..])
        {
            var end = span.IndexOf(']');
            if (end < 0) return false;
            span = span[1..end];
        }
        else if (span.Count(':') == 1)
        {
            span = span[..span.IndexOf(':')];
        }

        if (!IPAddress.TryParse(span, out var parsed)) return false;
        // "1" and "0x7f.1" are addresses to the platform and to nobody else.
        if (parsed.AddressFamily == AddressFamily.InterNetwork && span.Count('.') != 3) return false;
        address = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        return true;
    }
}
