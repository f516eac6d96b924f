using System.Net;
using System.Net.Http.Headers;

namespace Tidegate.Models.Tests.Support;

/// <summary>Answers every call of a client with the same bytes, and keeps what it was sent.</summary>
internal sealed class CannedAnswer(HttpStatusCode status, string mediaType, byte[] content) : HttpMessageHandler
{
    public byte[] Sent { get; private set; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null) Sent = await request.Content.ReadAsByteArrayAsync(cancellationToken);
        return new HttpResponseMessage(status) { RequestMessage = request, Content = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } } };
    }
}
