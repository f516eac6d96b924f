using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>A request body that a test says message by message.</summary>
internal sealed class TalkContent : HttpContent
{
    private readonly Channel<byte[]> _messages = Channel.CreateUnbounded<byte[]>();

    public TalkContent(string type = "application/grpc") => Headers.ContentType = new MediaTypeHeaderValue(type);

    public void Say(byte[] message) => _messages.Writer.TryWrite(message);

    public void End() => _messages.Writer.TryComplete();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.FlushAsync(cancellationToken);
        await foreach (var message in _messages.Reader.ReadAllAsync(cancellationToken))
        {
            await stream.WriteAsync(message, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
