using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tidegate.EndToEnd.Support.Peers;

/// <summary>A service that holds its answers until the test lets them go.</summary>
internal sealed class HeldPeer : IAsyncDisposable
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private KestrelPeer _server = null!;

    public Uri Address => _server.Address;

    /// <summary>Completes with the first request.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Starts one; the begin of its answers, when there is one, is not held.</summary>
    public static async Task<HeldPeer> StartAsync(string begin = "")
    {
        var peer = new HeldPeer();
        peer._server = await KestrelPeer.StartAsync(HttpProtocols.Http1, app => app.Run(async context =>
        {
            peer._asked.TrySetResult();
            if (begin.Length > 0)
            {
                await context.Response.WriteAsync(begin, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            await peer._go.Task.WaitAsync(context.RequestAborted);
        }));
        return peer;
    }

    /// <summary>Lets all answers go.</summary>
    public void Answer() => _go.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Answer();
        await _server.DisposeAsync();
    }
}
