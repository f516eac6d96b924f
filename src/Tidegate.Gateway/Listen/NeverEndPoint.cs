using System.Net;

namespace Tidegate.Gateway.Listen;

/// <summary>An address nobody can connect to. Kestrel builds a connection handler for it, which <see cref="ClearText"/> uses for HTTP/2.</summary>
internal sealed class NeverEndPoint : EndPoint
{
    /// <inheritdoc/>
    public override string ToString() => "never";
}
