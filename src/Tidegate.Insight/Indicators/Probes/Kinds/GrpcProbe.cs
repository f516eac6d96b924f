using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.Secrets;

namespace Tidegate.Insight.Indicators.Probes.Kinds;

/// <summary>
/// <c>grpc.health.v1.Health/Check</c> over HTTP/2. As in the gateway's own health checks, the two messages have one field each and are written and read by hand.
/// </summary>
internal sealed class GrpcProbe(ISecretSource secrets) : IProbe, IDisposable
{
    private const int PrefixLength = 5, Serving = 1, MostRead = 1024;
    private const byte ServiceTag = 0x0A, StatusTag = 0x08;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    public ProbeIndicatorType Type => ProbeIndicatorType.Grpc;

    public async Task<string?> AskAsync(ProbeIndicatorConfig config, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{(config.Tls ? "https" : "http")}://{config.Target}/grpc.health.v1.Health/Check")
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent(Question(config.GrpcService)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        foreach (var (name, text) in config.Headers)
        {
            if (!SecretText.TryExpand(text, secrets, out var value, out var reason)) return reason;
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (answer.StatusCode != HttpStatusCode.OK) return string.Create(CultureInfo.InvariantCulture, $"answered {(int)answer.StatusCode}, which is not gRPC");
        var body = new byte[MostRead];
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
        var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancel);
        var status = Header(answer.TrailingHeaders) ?? Header(answer.Headers);
        if (status is not "0") return status is "5" ? $"the server does not know the service \"{config.GrpcService}\"" : $"ended with grpc-status {status ?? "missing"}";
        return Health(body.AsSpan(0, length)) is Serving ? null : "not serving";
    }

    public void Dispose() => _http.Dispose();

    private static string? Header(HttpHeaders headers) => headers.NonValidated.TryGetValues("grpc-status", out var values) ? values.ToString() : null;

    // message HealthCheckRequest { string service = 1; }
    private static byte[] Question(string service)
    {
        var name = Encoding.UTF8.GetBytes(service);
        using var whole = new MemoryStream();
        whole.Write(new byte[PrefixLength]);
        if (name.Length > 0)
        {
            whole.WriteByte(ServiceTag);
            var length = (uint)name.Length;
            for (; length > 0x7F; length >>= 7) whole.WriteByte((byte)(length | 0x80));
            whole.WriteByte((byte)length);
            whole.Write(name);
        }

        var bytes = whole.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), bytes.Length - PrefixLength);
        return bytes;
    }

    // message HealthCheckResponse { ServingStatus status = 1; }: an absent field is 0, UNKNOWN.
    private static int Health(ReadOnlySpan<byte> body) => body.Length >= PrefixLength + 2 && body[PrefixLength] == StatusTag ? body[PrefixLength + 1] : 0;
}
