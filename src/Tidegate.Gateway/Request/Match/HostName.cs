using Microsoft.AspNetCore.Http;

namespace Tidegate.Gateway.Request.Match;

/// <summary>The name in a <c>Host</c> header.</summary>
internal static class HostName
{
    /// <summary>The host a request asks for, in its ASCII form (<c>HttpRequest.Host</c> turns it into Unicode).</summary>
    public static ReadOnlySpan<char> Of(HttpRequest request) => WithoutPort(request.Headers.Host.ToString());

    /// <summary>The host without its port and without the root's dot.</summary>
    public static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> host)
    {
        var colon = host.LastIndexOf(':');
        if (colon >= 0 && colon > host.LastIndexOf(']')) host = host[..colon];
        return host is [.., '.'] ? host[..^1] : host;
    }
}
