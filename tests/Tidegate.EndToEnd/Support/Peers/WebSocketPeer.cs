using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tidegate.EndToEnd.Support.Peers;

/// <summary>Sends every WebSocket message back, of any size, and closes when the other side does. A plain request gets 426.</summary>
internal sealed class WebSocketPeer : IAsyncDisposable
{
    private readonly KestrelPeer _server;

    private WebSocketPeer(KestrelPeer server) => _server = server;

    /// <summary>Where it listens (http).</summary>
    public Uri Address => _server.Address;

    public static async Task<WebSocketPeer> StartAsync() => new(await KestrelPeer.StartAsync(HttpProtocols.Http1, app =>
    {
        app.UseWebSockets();
        app.Run(ServeAsync);
    }));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, socket.CloseStatusDescription, context.RequestAborted);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, context.RequestAborted);
        }
    }
}
