using Microsoft.AspNetCore.Http;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>How far the node is on its way out.</summary>
internal sealed class DrainState : IDisposable
{
    private readonly CancellationTokenSource _began = new();
    private volatile bool _begun;
    private volatile bool _forced;

    public DrainState() => Began = _began.Token;

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
    public CancellationToken Began { get; }

    /// <summary>The time for draining is over: connections are being cut by us. Tells calls cut off then from callers that left.</summary>
    public bool Forced
    {
        get => _forced;
        set => _forced = value;
    }

    /// <inheritdoc/>
    public void Dispose() => _began.Dispose();

    /// <summary>Ends the connection of an HTTP/1.1 call that begins while draining with its answer. HTTP/2 has its own word for it (GOAWAY), which the server says.</summary>
    public void Mark(HttpContext http)
    {
        if (_begun && HttpProtocol.IsHttp11(http.Request.Protocol)) http.Response.Headers.Connection = "close";
    }
}
