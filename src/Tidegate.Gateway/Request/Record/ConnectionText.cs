using System.Net;
using Microsoft.AspNetCore.Http;
using Tidegate.Gateway.Request.Hygiene;
using Tidegate.Gateway.Request.Match;

namespace Tidegate.Gateway.Request.Record;

/// <summary>Texts that are the same for all calls of a connection, made once: address and host. Kestrel gives the same objects again while they do not change.</summary>
internal sealed class ConnectionText
{
    private IPAddress? _address;
    private string _addressText = "";
    private string? _hostHeader;
    private string _host = "";

    /// <summary>The address as text.</summary>
    public string Address(IPAddress address)
    {
        if (ReferenceEquals(address, _address) || address.Equals(_address)) return _addressText;
        (_address, _addressText) = (address, AddressText.Of(address));
        return _addressText;
    }

    /// <summary>The host without its port.</summary>
    public string Host(HttpRequest request)
    {
        var header = request.Headers.Host.ToString();
        if (ReferenceEquals(header, _hostHeader) || string.Equals(header, _hostHeader, StringComparison.Ordinal)) return _host;
        var name = HostName.WithoutPort(header);
        (_hostHeader, _host) = (header, name.Length == header.Length ? header : name.ToString());
        return _host;
    }
}
