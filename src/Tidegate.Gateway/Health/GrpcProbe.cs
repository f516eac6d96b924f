using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Health;

/// <summary>
/// <c>grpc.health.v1.Health/Check</c> over HTTP/2. The two messages have one field each, so they are read and written here by hand: a string with number 1 out,
/// an enum with number 1 in.
/// </summary>
internal sealed class GrpcProbe : IHealthProbe
{
    private const string Path = "/grpc.health.v1.Health/Check";
    private const int PrefixLength = 5, Serving = 1;
    private const byte ServiceTag = 0x0A, StatusTag = 0x08;

    /// <inheritdoc/>
    public ProbeType Name => ProbeType.Grpc;

    /// <inheritdoc/>
    public async Task<string?> AskAsync(ServiceModel service, DestinationModel destination, ActiveHealthConfig config, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, destination.Prefix + Path)
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent(Encode(config.GrpcService)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        using var response = await destination.Client.SendAsync(request, cancel);
        if (response.StatusCode != HttpStatusCode.OK) return $"health check answered {(int)response.StatusCode}";
        var body = await response.Content.ReadAsByteArrayAsync(cancel);
        var status = Header(response.TrailingHeaders) ?? Header(response.Headers);
        if (status != "0") return $"health check ended with grpc-status {status ?? "missing"}";
        return Decode(body) == Serving ? null : "not serving";
    }

    private static string? Header(HttpHeaders headers) => headers.NonValidated.TryGetValues("grpc-status", out var values) ? values.ToString() : null;

    private static byte[] Encode(string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        if (text.Length == 0) return new byte[PrefixLength];
        using var message = new MemoryStream();
        message.WriteByte(ServiceTag);
        var length = text.Length;
        for (; length > 0x7F; length >>= 7) message.WriteByte((byte)(length | 0x80));
        message.WriteByte((byte)length);
        message.Write(text);
        var bytes = new byte[PrefixLength + (int)message.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), (int)message.Length);
        message.ToArray().CopyTo(bytes, PrefixLength);
        return bytes;
    }

    // An absent field is 0: UNKNOWN.
    private static int Decode(ReadOnlySpan<byte> body) => body.Length >= PrefixLength + 2 && body[PrefixLength] == StatusTag ? body[PrefixLength + 1] : 0;
}
