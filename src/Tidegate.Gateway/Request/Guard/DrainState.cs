using Microsoft.AspNetCore.Http;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>How far the node is on its way out.</summary>
#pragma warning disable CA1001 // it lives as long as the process, and who asks late must not fail
internal sealed class DrainState
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _began = new();
    private volatile bool _begun;
    private volatile bool _forced;

    /// <summary>The node asks its callers to go elsewhere and finishes what it has.</summary>
    public bool Begun
    {
        get => _begun;
        set
        {
            _begun = value;
            if (value) _began.Cancel();
        }
    }

    /// <summary>Cancelled when it has begun: what nobody waits for ends then.</summary>
    public CancellationToken Began => _began.Token;

    /// <summary>The time for draining is over: connections are being cut by us. Tells calls cut off then from callers that left.</summary>
    public bool Forced
    {
        get => _forced;
        set => _forced = value;
    }

    /// <summary>Ends the connection of an HTTP/1.1 call that begins while draining with its answer. HTTP/2 has its own word for it (GOAWAY), which the server says.</summary>
    public void Mark(HttpContext http)
    {
        if (_begun && HttpProtocol.IsHttp11(http.Request.Protocol)) http.Response.Headers.Connection = "close";
    }
}
