using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Tidegate.Gateway.Listen;

/// <summary>
/// The sockets we listen with, so that they can be closed without breaking a connection. The system completes connections before anybody accepts
/// them; those that are waiting when a listening socket is closed are reset, and their callers, who may have sent a request, cannot know that it
/// was not served. So first no connection is let in any more, then those waiting are accepted, then the socket is closed.
/// </summary>
internal sealed class ListenSockets(TimeProvider time)
{
    private const int SolSocket = 1, SoAttachFilter = 26;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private readonly List<Socket> _sockets = [];

    /// <summary>For <see cref="SocketTransportOptions.CreateBoundListenSocket"/>.</summary>
    public Socket Create(EndPoint endPoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        _sockets.Add(socket);
        return socket;
    }

    /// <summary>Lets no more connections in and waits until those that wait are accepted, but no longer than <paramref name="limit"/>.</summary>
    public async Task QuietenAsync(TimeSpan limit, CancellationToken cancel)
    {
        foreach (var socket in _sockets) DropAll(socket);
        var began = time.GetTimestamp();
        while (_sockets.Exists(IsSomebodyWaiting) && time.GetElapsedTime(began) < limit && !cancel.IsCancellationRequested) await Task.Delay(Look, time, CancellationToken.None);
    }

    private static bool IsSomebodyWaiting(Socket socket)
    {
        try
        {
            return socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);
        }
        catch (Exception closed) when (closed is ObjectDisposedException or SocketException)
        {
            return false;
        }
    }

    // A socket filter that takes no packet (Linux, socket(7)): who connects now is not answered, tries again a second later, and is refused then.
    // Connections made already have sockets of their own. Elsewhere, and where it is not allowed, only the wait is left.
    private static void DropAll(Socket socket)
    {
        if (!OperatingSystem.IsLinux() || IntPtr.Size != sizeof(long)) return;
        // struct sock_filter { u16 code; u8 jt, jf; u32 k; }: BPF_RET | BPF_K with 0 bytes to keep.
        var program = Marshal.AllocHGlobal(sizeof(long));
        try
        {
            Marshal.WriteInt64(program, 0);
            Marshal.WriteInt16(program, 0x06);
            // struct sock_fprog { u16 len; struct sock_filter *filter; }
            Span<byte> filter = stackalloc byte[2 * sizeof(long)];
            filter.Clear();
            MemoryMarshal.Write(filter, (ushort)1);
            MemoryMarshal.Write(filter[sizeof(long)..], program.ToInt64());
            socket.SetRawSocketOption(SolSocket, SoAttachFilter, filter);
        }
        catch (Exception refused) when (refused is SocketException or ObjectDisposedException)
        {
            // Then a connection made in this very moment may be reset, as everywhere else.
        }
        finally
        {
            Marshal.FreeHGlobal(program);
        }
    }
}
