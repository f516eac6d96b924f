using System.Net.Sockets;
using System.Text;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>An HTTP/2 client that sends header bytes no library would: frames by hand, no compression.</summary>
internal sealed class RawHttp2 : IDisposable
{
    private readonly TcpClient _tcp;

    private RawHttp2(TcpClient tcp) => _tcp = tcp;

    /// <summary>Connects with prior knowledge.</summary>
    public static async Task<RawHttp2> ConnectAsync(Uri address)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        var client = new RawHttp2(tcp);
        await client.WriteAsync([.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(4, 0, 0, [])]);
        return client;
    }

    /// <summary>Sends a request without a body on stream 1 and says how it ended: <c>headers</c>, <c>reset</c> or <c>goaway</c>.</summary>
    public async Task<string> SendAsync(params (string Name, string Value)[] headers)
    {
        await WriteAsync(Headers(1, endStream: true, headers));
        return await EndAsync();
    }

    /// <summary>Writes frames as they are.</summary>
    public Task WriteAsync(params IEnumerable<byte[]> frames) => WriteAsync(frames.SelectMany(f => f).ToArray());

    /// <summary>A request's HEADERS frame.</summary>
    public static byte[] Headers(byte stream, bool endStream, params (string Name, string Value)[] headers)
    {
        var block = new List<byte>();
        foreach (var (name, value) in headers)
        {
            block.Add(0x10); // never indexed, new name
            foreach (var text in new[] { name, value })
            {
                var bytes = Encoding.Latin1.GetBytes(text);
                if (bytes.Length < 127)
                {
                    block.Add((byte)bytes.Length);
                }
                else
                {
                    block.Add(127);
                    var rest = bytes.Length - 127;
                    for (; rest >= 128; rest /= 128) block.Add((byte)(rest % 128 + 128));
                    block.Add((byte)rest);
                }

                block.AddRange(bytes);
            }
        }

        return Frame(1, (byte)(endStream ? 0x5 : 0x4), stream, [.. block]);
    }

    /// <summary>A DATA frame of a request that goes on.</summary>
    public static byte[] Data(byte stream, byte[] bytes) => Frame(0, 0, stream, bytes);

    /// <summary>RST_STREAM with CANCEL, as clients send it who have lost interest.</summary>
    public static byte[] Reset(byte stream) => Frame(3, 0, stream, [0, 0, 0, 8]);

    /// <summary>Waits for the first word about a request: <c>headers</c>, <c>reset</c> or <c>goaway</c>.</summary>
    public async Task<string> EndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var head = new byte[9];
        while (true)
        {
            try
            {
                await _tcp.GetStream().ReadExactlyAsync(head, limit.Token);
                await _tcp.GetStream().ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]], limit.Token);
            }
            catch (IOException)
            {
                return "goaway";
            }

            switch (head[3])
            {
                case 1: return "headers";
                case 3: return "reset";
                case 7: return "goaway";
            }
        }
    }

    public void Dispose() => _tcp.Dispose();

    private static byte[] Frame(byte type, byte flags, int stream, byte[] payload) =>
        [(byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, 0, 0, 0, (byte)stream, .. payload];

    private Task WriteAsync(byte[] bytes) => _tcp.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken).AsTask();
}
