using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>IPv4 and IPv6 addresses. Times (<c>12:30:45</c>) and names of types (<c>std::vector</c>) are none.</summary>
internal sealed class IpDetector : Detector
{
    private static readonly SearchValues<char> First = SearchValues.Create("0123456789abcdefABCDEF:");

    protected override SearchValues<char> Starts => First;

    public override Found Match(ref TextView text)
    {
        if (text.IsWord(-1) || text[-1] is '.' or ':') return Found.Nothing;
        var end = 0;
        int dots = 0, colons = 0, digits = 0;
        while (end <= 45 && text[end] is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F') or ':' or '.')
        {
            var c = text[end++];
            if (c == '.') dots++;
            else if (c == ':') colons++;
            else if (c is >= '0' and <= '9') digits++;
        }

        if (end > 45 || text.IsWord(end)) return Found.Nothing;
        while (end > 0 && text[end - 1] == '.') (end, dots) = (end - 1, dots - 1); // the end of the sentence
        if (colons == 1 && dots == 3) // with a port: the address alone
        {
            while (text[end - 1] != ':') end--;
            end--;
            colons = 0;
        }

        if (colons > 1 && text[end - 1] == ':' && text[end - 2] != ':') end--;
        if (digits == 0 || end < 3 || (colons < 2 && dots != 3)) return Found.Nothing;
        return IPAddress.TryParse(text.Span(0, end), out var address) && (address.AddressFamily == AddressFamily.InterNetworkV6) == (colons > 0) ? Found.Of(end) : Found.Nothing;
    }
}
