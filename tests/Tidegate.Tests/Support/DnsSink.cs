using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tidegate.Tests.Support;

/// <summary>A name server over UDP that knows some addresses (RFC 1035, as much as a question for A records needs). Names it does not know do not exist.</summary>
internal sealed class DnsSink : IAsyncDisposable
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Dictionary<string, string[]> _known;
    private readonly Task _serving;

    public DnsSink(Dictionary<string, string[]> known)
    {
        _known = known;
        _serving = ServeAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_socket.Client.LocalEndPoint!).Port}";

    /// <summary>Questions are read and not answered.</summary>
    public bool IsSilent { get; set; }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await Task.WhenAny(_serving);
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            var question = await _socket.ReceiveAsync();
            if (!IsSilent) await _socket.SendAsync(Answer(question.Buffer), question.RemoteEndPoint);
        }
    }

    private byte[] Answer(byte[] question)
    {
        var (name, end) = NameAt(question, 12);
        _known.TryGetValue(name, out var addresses);
        using var answer = new MemoryStream();
        answer.Write(question, 0, 2);
        answer.Write([0x81, (byte)(addresses is null ? 0x83 : 0x80), 0, 1, 0, (byte)(addresses?.Length ?? 0), 0, 0, 0, 0]);
        answer.Write(question, 12, end + 4 - 12);
        foreach (var address in addresses ?? [])
        {
            answer.Write([0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4]);
            answer.Write(IPAddress.Parse(address).GetAddressBytes());
        }

        return answer.ToArray();
    }

    private static (string Name, int End) NameAt(byte[] message, int at)
    {
        var labels = new List<string>();
        for (; message[at] != 0; at += message[at] + 1) labels.Add(Encoding.ASCII.GetString(message, at + 1, message[at]));
        return (string.Join('.', labels).ToLowerInvariant(), at + 1);
    }
}
